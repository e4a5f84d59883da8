package freshet.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Walks the batches in a range of a segment's file by their headers, reading ahead in chunks.
 *
 * <pre>
 * bytes  0 base offset (8) · 8 length of what follows (4) · 12 leader epoch (4) · 16 magic (1) · 17 CRC-32C of all from
 *        21 on (4) · 21 attributes (2) · 23 last offset − base (4) · 27 base timestamp (8) · 35 highest timestamp (8) ·
 *        43 producer id (8) · 51 epoch (2) · 53 base sequence (4) · 57 count (4) · 61 records
 * </pre>
 *
 * <p>Format: KIP-98, "message format". Not thread-safe.
 */
final class BatchCursor {
    static final int HEADER_BYTES = 61;
    private static final int LENGTH_OFFSET = 8;
    private static final int LOG_OVERHEAD = 12;
    private static final int CRC_OFFSET = 17;
    private static final int ATTRIBUTES_OFFSET = 21;

    private final LogFile file;
    private final int end;
    private final ByteBuffer chunk;
    private int chunkStart;
    private int position;
    private int nextPosition;
    private String defect;

    /**
     * @param position where a batch begins
     * @param end nothing is read from here on
     * @param chunkBytes how much is read at once
     */
    BatchCursor(LogFile file, int position, int end, int chunkBytes) {
        this.file = file;
        this.end = end;
        this.nextPosition = position;
        this.chunkStart = position;
        this.chunk = ByteBuffer.allocate(Math.max(HEADER_BYTES, Math.min(chunkBytes, end - position)));
        this.chunk.limit(0);
    }

    /** Goes to the next batch; false at the end of the range, or where no whole batch follows ({@link #defect} says why). */
    boolean next() throws IOException {
        position = nextPosition;
        if (position >= end) {
            return false;
        }
        if (end - position < HEADER_BYTES) {
            return stop("a batch header is cut short after " + (end - position) + " bytes");
        }
        load(position, HEADER_BYTES);
        int length = chunk.getInt(at(LENGTH_OFFSET));
        if (length < HEADER_BYTES - LOG_OVERHEAD) {
            return stop("a batch claims an impossible size of " + length + " bytes");
        }
        if (length > end - position - LOG_OVERHEAD) {
            return stop(
                    "a batch of " + ((long) length + LOG_OVERHEAD) + " bytes is cut short after " + (end - position));
        }
        if (magic() != RecordBatch.MAGIC_VALUE_V2) {
            return stop("a batch has the unknown format " + magic());
        }
        if (lastOffsetDelta() < 0) {
            return stop("a batch ends before it begins");
        }
        nextPosition = position + LOG_OVERHEAD + length;
        return true;
    }

    /** Why the walk stopped before the end of the range, or null. */
    String defect() {
        return defect;
    }

    int position() {
        return position;
    }

    int nextPosition() {
        return nextPosition;
    }

    int sizeInBytes() {
        return nextPosition - position;
    }

    long baseOffset() {
        return chunk.getLong(at(0));
    }

    long lastOffset() {
        return baseOffset() + lastOffsetDelta();
    }

    int leaderEpoch() {
        return chunk.getInt(at(12));
    }

    long maxTimestamp() {
        return chunk.getLong(at(35));
    }

    long producerId() {
        return chunk.getLong(at(43));
    }

    short producerEpoch() {
        return chunk.getShort(at(51));
    }

    int baseSequence() {
        return chunk.getInt(at(53));
    }

    boolean isControlBatch() {
        return (chunk.getShort(at(ATTRIBUTES_OFFSET)) & 0x20) != 0;
    }

    int lastOffsetDelta() {
        return chunk.getInt(at(23));
    }

    /** Whether the bytes are those that the CRC was computed of. Reads the whole batch. */
    boolean isIntact() throws IOException {
        int expected = chunk.getInt(at(CRC_OFFSET));
        CRC32C crc = new CRC32C();
        int from = position + ATTRIBUTES_OFFSET;
        while (from < nextPosition) {
            load(from, 1);
            ByteBuffer part = chunk.duplicate();
            part.position(from - chunkStart);
            part.limit(Math.min(chunk.limit(), nextPosition - chunkStart));
            from += part.remaining();
            crc.update(part);
        }
        // A batch larger than the chunk has pushed its own header out.
        load(position, HEADER_BYTES);
        return (int) crc.getValue() == expected;
    }

    /** This batch, read into memory. */
    MemoryRecords toMemory() throws IOException {
        ByteBuffer batch = ByteBuffer.allocate(sizeInBytes());
        file.readFully(batch, position);
        return MemoryRecords.readableRecords(batch.flip());
    }

    private boolean stop(String why) {
        defect = why;
        nextPosition = position;
        return false;
    }

    private byte magic() {
        return chunk.get(at(16));
    }

    private int at(int offsetInBatch) {
        return position - chunkStart + offsetInBatch;
    }

    /** Has at least this many bytes from there in the chunk, and reads ahead as far as it goes. */
    private void load(int from, int bytes) throws IOException {
        if (from >= chunkStart && from + bytes <= chunkStart + chunk.limit()) {
            return;
        }
        chunk.clear();
        chunk.limit(Math.min(chunk.capacity(), end - from));
        chunkStart = from;
        file.readFully(chunk, from);
        chunk.flip();
    }
}
