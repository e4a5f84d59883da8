package freshet.broker.network;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Turns a frame into its answer; knows the protocol. */
@FunctionalInterface
public interface FrameProcessor {

    /**
     * Called on a request thread, for one connection never twice at a time and in the order of its frames.
     *
     * @param frame one request without its length; valid until this method returns
     * @return what to write, as Netty takes it (buffers and file regions); empty for no answer. A failed future closes
     *     the connection; a {@link BadFrameException} does so with nothing but its message in the log. When the
     *     connection is gone first the future is cancelled.
     */
    CompletableFuture<List<Object>> process(ConnectionInfo connection, ByteBuf frame);
}
