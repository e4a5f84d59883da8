package freshet.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * From times to offsets. An entry has 12 bytes: the highest timestamp (ms) so far in the segment (8), the last offset of the
 * batch that has it, relative to the segment's base (4). Timestamps and offsets both ascend; the last entry of a closed
 * segment is its highest timestamp. As in Kafka.
 */
final class TimeIndex extends SparseIndex {
    private static final int ENTRY_BYTES = 12;
    private final long baseOffset;

    /** Up to and including the batch that ends with the offset, no timestamp is higher; that batch has it. */
    record Entry(long timestamp, long lastOffset) {}

    TimeIndex(LogFile file, long baseOffset) {
        super(file, ENTRY_BYTES);
        this.baseOffset = baseOffset;
    }

    /** The timestamp must be higher than the last entry's. */
    void append(long timestamp, long lastOffset) {
        ByteBuffer room = room();
        room.putLong(timestamp).putInt((int) (lastOffset - baseOffset));
        added(room);
    }

    /** The last entry not past this time, or null. */
    Entry lookup(long timestamp) throws IOException {
        int i = floor(timestamp);
        return i < 0 ? null : at(i);
    }

    Entry last() throws IOException {
        return count() == 0 ? null : at(count() - 1);
    }

    /** Drops entries for batches that end at or after the offset. */
    void truncateToOffset(long offset) throws IOException {
        int keep = count();
        while (keep > 0 && at(keep - 1).lastOffset() >= offset) {
            keep--;
        }
        truncate(keep);
    }

    private Entry at(int i) throws IOException {
        ByteBuffer entry = entry(i);
        return new Entry(entry.getLong(0), baseOffset + entry.getInt(8));
    }

    @Override
    long keyAt(ByteBuffer entries, int index) {
        return entries.getLong(index * ENTRY_BYTES);
    }
}
