package freshet.ingest.mock;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.TimeUnit;

/**
 * The way to one client. What the network has not taken yet waits in the channel's own buffer, whose bound is the
 * client's. One thread writes; the event loop says when there is room again, and when the client has gone.
 */
final class Outlet {

    private static final long LAST_WORD_SECONDS = 5;

    private final Channel channel;
    private final int bound;
    private boolean gone;

    Outlet(Channel channel, int bound) {
        this.channel = channel;
        this.bound = bound;
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(bound / 2, bound));
    }

    void write(byte[] bytes) {
        if (bytes.length > 0) {
            channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)), channel.voidPromise());
        }
    }

    /** How much of the bound is filled, in percent. */
    int percentFull() {
        return (int) (100 * (bound - channel.bytesBeforeUnwritable()) / bound);
    }

    /** A closed channel takes nothing either, but whoever has left did not fall behind. */
    boolean isFull() {
        long tooMany = channel.bytesBeforeWritable();
        return tooMany > 0 && tooMany != Long.MAX_VALUE; // the latter where it is closed
    }

    /** Waits for room, the client's leaving, or so many nanoseconds. */
    synchronized void awaitChange(long nanos) throws InterruptedException {
        if (!gone && nanos > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        }
    }

    /** Called by the event loop. */
    synchronized void changed(boolean left) {
        gone |= left;
        notifyAll();
    }

    synchronized boolean isGone() {
        return gone;
    }

    /**
     * Ends the response in order.
     *
     * @param patient whether the client may take its time for what is on its way; otherwise it is let go after a while
     */
    void end(byte[] lastBytes, boolean patient) {
        LastHttpContent last = new DefaultLastHttpContent(Unpooled.wrappedBuffer(lastBytes));
        channel.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
        if (!patient) {
            channel.eventLoop().schedule(() -> channel.close(), LAST_WORD_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Breaks the connection. */
    void cut() {
        channel.close();
    }
}
