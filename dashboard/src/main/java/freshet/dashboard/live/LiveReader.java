package freshet.dashboard.live;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One reader of a board, on its connection's event loop. It holds no events, only the sequence that it wrote last: what
 * comes next is looked up when the socket has room and the pace allows.
 *
 * <p>The pace is a token bucket: a burst passes whole, and beyond it {@value #PER_SECOND} rankings a second do, the
 * newest each time, since no eye follows more and a replay at full speed publishes thousands.
 */
final class LiveReader extends ChannelInboundHandlerAdapter {

    private static final int PER_SECOND = 20;
    private static final int BURST = 32;
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TOKEN_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    private final LiveBoard board;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Channel channel;

    // Owned by the event loop.
    private long seen;
    private double tokens = BURST;
    private long filledAt = System.nanoTime();
    private boolean waiting;
    private long blockedAt;

    /** @param seen sequence that it saw last, or -1 for one who begins with the newest */
    LiveReader(Channel channel, LiveBoard board, long seen) {
        this.channel = channel;
        this.board = board;
        this.seen = seen;
        board.add(this);
    }

    void begin() {
        channel.pipeline().addLast(this);
        channel.closeFuture().addListener(closed -> board.remove(this));
        channel.config().setAutoRead(true); // so that its closing is noticed
        wake();
    }

    /** Called from any thread when there may be something new. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            channel.eventLoop().execute(this::drain);
        }
    }

    /** Writes a status or heartbeat; to a reader that is slow, not at all: it would pile up. */
    void tell(ByteBuf frame) {
        channel.eventLoop().execute(() -> {
            if (channel.isWritable()) {
                channel.writeAndFlush(frame.duplicate());
            }
        });
    }

    private void drain() {
        woken.set(false);
        List<LiveEvent> events = board.events();
        if (events.isEmpty() || waiting || !channel.isActive()) {
            return;
        }
        LiveEvent newest = events.get(events.size() - 1);
        refill();
        boolean continues = seen >= 0 && events.get(0).sequence() <= seen + 1;
        long behind = newest.sequence() - seen;
        if (!continues || behind > tokens) {
            seen = Math.max(seen, newest.sequence() - 1); // pass over to the newest
        }
        for (LiveEvent event : events) {
            if (event.sequence() > seen && channel.isWritable() && tokens >= 1) {
                channel.write(event.frame().duplicate());
                seen = event.sequence();
                tokens--;
            }
        }
        channel.flush();
        if (seen < newest.sequence() && channel.isWritable()) {
            waiting = true;
            channel.eventLoop()
                    .schedule(
                            () -> {
                                waiting = false;
                                drain();
                            },
                            TOKEN_NANOS,
                            TimeUnit.NANOSECONDS);
        }
    }

    private void refill() {
        long now = System.nanoTime();
        tokens = Math.min(BURST, tokens + (now - filledAt) / (double) TOKEN_NANOS);
        filledAt = now;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            if (System.nanoTime() - blockedAt > SLOW_NANOS) {
                seen = -1; // what it missed meanwhile is passed over
            }
            drain();
        } else {
            blockedAt = System.nanoTime();
        }
        context.fireChannelWritabilityChanged();
    }

    /** Whatever a reader sends after its request is not for us. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
