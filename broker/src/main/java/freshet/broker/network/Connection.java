package freshet.broker.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: takes frames, has them processed in order, writes the answers in order.
 *
 * <p>All fields belong to the event loop. A request is in flight from its start until the last byte of its answer was
 * handed to the kernel, so a client that doesn't read its answers soon isn't read from either.
 */
final class Connection extends SimpleChannelInboundHandler<ByteBuf> {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final ConnectionInfo info;
    private final FrameProcessor processor;
    private final Executor requests;
    private final MemoryBudget queuedFrames;
    private final int maxInFlight;
    private final LogQuota complaints;
    private final ResponseQueue responses = new ResponseQueue(this::write);
    private final Queue<ByteBuf> pending = new ArrayDeque<>();
    private final Set<CompletableFuture<?>> unanswered = new HashSet<>();

    private ChannelHandlerContext ctx;
    private int inFlight;
    private boolean waitingForMemory;
    private boolean closed;

    Connection(
            ConnectionInfo info,
            FrameProcessor processor,
            Executor requestThreads,
            MemoryBudget queuedFrames,
            int maxInFlight,
            LogQuota complaints) {
        this.info = info;
        this.processor = processor;
        this.requests = new SerialExecutor(requestThreads);
        this.queuedFrames = queuedFrames;
        this.maxInFlight = maxInFlight;
        this.complaints = complaints;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.ctx = context;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        if (closed) {
            return;
        }
        queuedFrames.add(frame.readableBytes());
        pending.add(frame.retain());
        pump();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        pump();
        context.fireChannelWritabilityChanged();
    }

    /** Starts what may start, and reads on only if nothing had to wait. */
    private void pump() {
        while (!closed
                && !pending.isEmpty()
                && inFlight < maxInFlight
                && ctx.channel().isWritable()) {
            start(pending.poll());
        }
        boolean mayRead =
                pending.isEmpty() && inFlight < maxInFlight && ctx.channel().isWritable();
        if (mayRead && queuedFrames.isExceeded()) {
            mayRead = false;
            waitForMemory();
        }
        ctx.channel().config().setAutoRead(mayRead && !waitingForMemory);
    }

    private void waitForMemory() {
        if (!waitingForMemory) {
            waitingForMemory = true;
            queuedFrames.whenAvailable(() -> onLoop(() -> {
                waitingForMemory = false;
                if (!closed) {
                    pump();
                }
            }));
        }
    }

    private void start(ByteBuf frame) {
        inFlight++;
        ResponseQueue.Slot slot = responses.open();
        try {
            requests.execute(() -> process(frame, slot));
        } catch (RejectedExecutionException e) {
            release(frame);
            fail(e);
        }
    }

    /** On a request thread. */
    private void process(ByteBuf frame, ResponseQueue.Slot slot) {
        CompletableFuture<List<Object>> answer;
        try {
            answer = processor.process(info, frame);
        } catch (Throwable e) {
            // Errors too: a connection that never hears again would be worse than a closed one.
            answer = CompletableFuture.failedFuture(e);
        } finally {
            release(frame);
        }
        CompletableFuture<List<Object>> started = answer;
        onLoop(() -> track(started, slot));
    }

    private void track(CompletableFuture<List<Object>> answer, ResponseQueue.Slot slot) {
        if (closed) {
            answer.cancel(false);
            answer.whenComplete((parts, problem) -> finish(slot, parts, problem));
            return;
        }
        if (answer.isDone()) {
            answer.whenComplete((parts, problem) -> finish(slot, parts, problem));
            return;
        }
        unanswered.add(answer);
        answer.whenComplete((parts, problem) -> onLoop(() -> {
            unanswered.remove(answer);
            finish(slot, parts, problem);
        }));
    }

    private void onLoop(Runnable action) {
        try {
            ctx.executor().execute(action);
        } catch (RejectedExecutionException e) {
            LOG.debug("Connection {} ended with its event loop", info);
        }
    }

    private void finish(ResponseQueue.Slot slot, List<Object> parts, Throwable problem) {
        if (closed) {
            if (parts != null) {
                parts.forEach(ReferenceCountUtil::release);
            }
        } else if (problem != null) {
            fail(problem);
        } else {
            responses.fill(slot, parts);
            pump();
        }
    }

    private void write(List<Object> parts) {
        if (parts.isEmpty()) {
            inFlight--;
            return;
        }
        int last = parts.size() - 1;
        for (int i = 0; i < last; i++) {
            ctx.write(parts.get(i));
        }
        ChannelFuture written = ctx.writeAndFlush(parts.get(last));
        written.addListener(done -> {
            inFlight--;
            if (!done.isSuccess()) {
                fail(done.cause());
            } else if (!closed) {
                pump();
            }
        });
    }

    private void release(ByteBuf frame) {
        int size = frame.readableBytes();
        frame.release();
        queuedFrames.add(-size);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            if (inFlight == 0) {
                LOG.debug("Closing idle connection {} (connections.max.idle.ms)", info);
                context.close();
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable problem) {
        if (closed) {
            return;
        }
        Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        if (cause instanceof BadFrameException) {
            String addition = complaints.take();
            if (addition != null) {
                LOG.warn("Closing connection {}: {}{}", info, cause.getMessage(), addition);
            }
        } else if (cause instanceof IOException) {
            LOG.debug("Connection {} broke: {}", info, cause.getMessage());
        } else {
            LOG.error("Closing connection {}", info, cause);
        }
        shut();
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        shut();
        context.fireChannelInactive();
    }

    private void shut() {
        closed = true;
        pending.forEach(this::release);
        pending.clear();
        responses.clear();
        // Long polls and waiting joins let go of what they hold.
        List.copyOf(unanswered).forEach(answer -> answer.cancel(false));
        unanswered.clear();
    }
}
