package freshet.broker.network;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Cuts a connection's bytes into frames: a four-byte length, then that many bytes.
 *
 * <p>The length is checked before anything is kept for it, and memory grows with the bytes that arrived, never with the
 * length that was claimed. Half-received frames of all connections share a {@link MemoryBudget}: when it is spent, the
 * connection that asks for more of it is closed, because waiting could not free any.
 */
final class FrameDecoder extends ByteToMessageDecoder {

    private static final int LENGTH_BYTES = Integer.BYTES;
    /** The smallest request header: key, version, correlation id. */
    private static final int MIN_FRAME_BYTES = 8;
    /** What one connection may always hold: a read's worth. */
    private static final int FREE_BYTES = 64 * 1024;

    private final int maxFrameBytes;
    private final MemoryBudget partialFrames;
    private long accounted;
    private boolean broken;

    FrameDecoder(int maxFrameBytes, MemoryBudget partialFrames) {
        this.maxFrameBytes = maxFrameBytes;
        this.partialFrames = partialFrames;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() >= LENGTH_BYTES) {
            int length = in.getInt(in.readerIndex());
            if (length < MIN_FRAME_BYTES || length > maxFrameBytes) {
                BadFrameException problem = new BadFrameException(describe(in, length));
                broken = true;
                in.skipBytes(in.readableBytes());
                account(0);
                throw problem;
            }
            if (in.readableBytes() >= LENGTH_BYTES + length) {
                out.add(in.skipBytes(LENGTH_BYTES).readRetainedSlice(length));
                account(0);
                return;
            }
        }
        account(in.readableBytes());
        if (accounted > FREE_BYTES && partialFrames.isExceeded()) {
            broken = true;
            in.skipBytes(in.readableBytes());
            account(0);
            throw new BadFrameException("half-received requests of all connections hold more than "
                    + partialFrames.limit() + " bytes (queued.max.request.bytes)");
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        account(0);
    }

    private void account(long bytes) {
        partialFrames.add(bytes - accounted);
        accounted = bytes;
    }

    private String describe(ByteBuf in, int length) {
        String start = in.toString(in.readerIndex(), LENGTH_BYTES, StandardCharsets.ISO_8859_1);
        String hint = switch (start) {
            case "GET ", "POST", "PUT ", "HEAD", "OPTI", "DELE", "CONN", "PATC", "TRAC", "PRI " ->
                "; this looks like HTTP, but the port speaks the Kafka protocol";
            default ->
                in.getByte(in.readerIndex()) == 0x16 ? "; this looks like TLS, but the listener is plaintext" : "";
        };
        return "not a Kafka request: its length would be " + length + " bytes, allowed are " + MIN_FRAME_BYTES + " to "
                + maxFrameBytes + " (socket.request.max.bytes)" + hint;
    }
}
