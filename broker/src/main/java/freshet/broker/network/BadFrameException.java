package freshet.broker.network;

import io.netty.handler.codec.DecoderException;

/** The client sent what is no request: its connection is closed, and one line tells why. */
public final class BadFrameException extends DecoderException {

    private static final long serialVersionUID = 1L;

    public BadFrameException(String message) {
        super(message);
    }

    /** Hostile bytes are no news: a stack trace for each would be a way to fill the disk. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
