package freshet.broker.log;

import java.nio.ByteBuffer;
import org.apache.kafka.common.InvalidRecordException;

/**
 * Looks at the frames that snappy-java writes, before its reader believes them: that one allocates what a frame claims,
 * compressed and not, up to 512 MiB each, so a few hostile bytes could take a broker's whole heap. A stream is a header
 * of 16 bytes, then frames: a big-endian length and as many bytes of a raw Snappy block, which begins with its
 * uncompressed length as a varint (Snappy's format description, section 1).
 */
final class SnappyFrames {

    private static final long MAGIC = 0x82_53_4e_41_50_50_59_00L;
    private static final int HEADER_BYTES = 16;

    private SnappyFrames() {}

    /**
     * Checks a batch's compressed records.
     *
     * @param compressed its records, without the batch's header
     * @param maxBytes the most that one frame may be uncompressed
     * @throws InvalidRecordException when a frame claims more than it can have
     */
    static void check(ByteBuffer compressed, int maxBytes) {
        ByteBuffer in = compressed.duplicate();
        if (in.remaining() < HEADER_BYTES || in.getLong(in.position()) != MAGIC) {
            // The reader takes it for one raw block.
            checkBlock(in, in.remaining(), maxBytes);
            return;
        }
        in.position(in.position() + HEADER_BYTES);
        while (in.remaining() >= Integer.BYTES) {
            if (in.remaining() >= HEADER_BYTES && in.getLong(in.position()) == MAGIC) {
                in.position(in.position() + HEADER_BYTES);
                continue;
            }
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new InvalidRecordException(
                        "A snappy frame claims " + length + " bytes where " + in.remaining() + " follow");
            }
            checkBlock(in, length, maxBytes);
            in.position(in.position() + length);
        }
    }

    private static void checkBlock(ByteBuffer in, int length, int maxBytes) {
        long claimed = 0;
        for (int i = 0; i < Math.min(5, length); i++) {
            int next = in.get(in.position() + i);
            claimed |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                break;
            }
        }
        if (claimed > maxBytes) {
            throw new InvalidRecordException(
                    "A snappy frame claims " + claimed + " bytes uncompressed; at most " + maxBytes + " are read");
        }
    }
}
