package freshet.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Entries of a fixed size in ascending order: those saved are read from the file where they are needed, those since the
 * last {@link #save} are kept in memory, so an index costs memory only while its segment grows. Appending, saving and
 * truncating are one thread's at a time; looking up needs no lock. Entries carry no checksum: who looks one up checks it
 * against the log, and rebuilds an index that does not agree.
 */
abstract class SparseIndex {
    private static final int BLOCK_ENTRIES = 256;

    /** A consistent view: `saved` entries in the file, then `recent` entries in the buffer, which is only added to. */
    private record Entries(int saved, ByteBuffer buffer, int recent) {}

    private final LogFile file;
    private final int entryBytes;
    private volatile Entries entries;

    SparseIndex(LogFile file, int entryBytes) {
        this.file = file;
        this.entryBytes = entryBytes;
        this.entries = new Entries(file.length() / entryBytes, ByteBuffer.allocate(0), 0);
    }

    /** What entries are sorted by. */
    abstract long keyAt(ByteBuffer entry, int index);

    final int count() {
        Entries e = entries;
        return e.saved() + e.recent();
    }

    final boolean isFull(int maxBytes) {
        return (long) (count() + 1) * entryBytes > maxBytes;
    }

    final LogFile file() {
        return file;
    }

    /** Whether the file, as it was found, can be an index at all. */
    final boolean isWhole() {
        return file.exists() && file.length() % entryBytes == 0;
    }

    /** Room for one more entry at the end, to be filled and then {@link #added}. */
    final ByteBuffer room() {
        Entries e = entries;
        ByteBuffer buffer = e.buffer();
        int used = e.recent() * entryBytes;
        if (buffer.capacity() < used + entryBytes) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(16 * entryBytes, 2 * used));
            larger.put(0, buffer, 0, used);
            buffer = larger;
        }
        return buffer.duplicate().position(used);
    }

    final void added(ByteBuffer filled) {
        Entries e = entries;
        entries = new Entries(e.saved(), filled.duplicate().clear(), e.recent() + 1);
    }

    /** The entry at this place. */
    final ByteBuffer entry(int i) throws IOException {
        return block(entries, i, 1);
    }

    /** The last entry whose key is at most this one, or −1. */
    final int floor(long key) throws IOException {
        Entries e = entries;
        int low = 0;
        int high = e.saved() + e.recent() - 1;
        if (e.recent() > 0) {
            if (keyAt(e.buffer(), 0) <= key) {
                low = e.saved();
            } else {
                high = e.saved() - 1;
            }
        }
        // In the file, halve until what is left is one read; in memory a block is free.
        while (high - low >= BLOCK_ENTRIES) {
            int middle = (low + high) >>> 1;
            if (keyAt(block(e, middle, 1), 0) <= key) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        if (high < low) {
            return -1;
        }
        ByteBuffer block = block(e, low, high - low + 1);
        int first = low;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (keyAt(block, middle - first) <= key) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** Writes the recent entries to the file. It is not forced. */
    final void save() throws IOException {
        Entries e = entries;
        if (!file.exists()) {
            file.create();
        }
        if (e.recent() > 0) {
            file.append(e.buffer().duplicate().clear().limit(e.recent() * entryBytes));
            entries = new Entries(e.saved() + e.recent(), ByteBuffer.allocate(0), 0);
        }
    }

    /** Keeps the first entries only. */
    final void truncate(int count) throws IOException {
        Entries e = entries;
        if (count < e.saved() || file.length() != e.saved() * entryBytes) {
            file.truncate(Math.min(count, e.saved()) * entryBytes);
        }
        int saved = Math.min(count, e.saved());
        // A buffer that readers may still hold is not written over.
        int recent = Math.min(e.recent(), count - saved);
        ByteBuffer copy = ByteBuffer.allocate(recent * entryBytes);
        copy.put(0, e.buffer(), 0, copy.capacity());
        entries = new Entries(saved, copy, recent);
    }

    private ByteBuffer block(Entries e, int first, int count) throws IOException {
        if (first >= e.saved()) {
            return e.buffer().slice((first - e.saved()) * entryBytes, count * entryBytes);
        }
        ByteBuffer block = ByteBuffer.allocate(count * entryBytes);
        file.readFully(block, (long) first * entryBytes);
        return block.flip();
    }
}
