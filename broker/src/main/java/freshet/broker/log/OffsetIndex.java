package freshet.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * From offsets to places in a segment's file. An entry has 8 bytes: last offset of a batch relative to the segment's base
 * (4, so that two fit in 8), position where that batch begins (4). One entry every {@code index.interval.bytes}; as in
 * Kafka.
 */
final class OffsetIndex extends SparseIndex {
    private static final int ENTRY_BYTES = 8;
    private final long baseOffset;

    /** The batch that ends with the offset begins at the position. */
    record Entry(long lastOffset, int position) {}

    OffsetIndex(LogFile file, long baseOffset) {
        super(file, ENTRY_BYTES);
        this.baseOffset = baseOffset;
    }

    void append(long lastOffset, int position) {
        ByteBuffer room = room();
        room.putInt((int) (lastOffset - baseOffset)).putInt(position);
        added(room);
    }

    /** The last entry not past this offset, or null: then look from the segment's start. */
    Entry lookup(long offset) throws IOException {
        int i = floor(offset - baseOffset);
        return i < 0 ? null : at(i);
    }

    Entry last() throws IOException {
        return count() == 0 ? null : at(count() - 1);
    }

    /** Drops entries of batches that begin at or after the position. */
    void truncateToPosition(int position) throws IOException {
        int keep = count();
        while (keep > 0 && at(keep - 1).position() >= position) {
            keep--;
        }
        truncate(keep);
    }

    private Entry at(int i) throws IOException {
        ByteBuffer entry = entry(i);
        return new Entry(baseOffset + entry.getInt(0), entry.getInt(4));
    }

    @Override
    long keyAt(ByteBuffer entries, int index) {
        return entries.getInt(index * ENTRY_BYTES);
    }
}
