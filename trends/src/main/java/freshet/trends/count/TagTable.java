package freshet.trends.count;

import com.carrotsearch.hppc.ObjectIntHashMap;
import freshet.trends.contract.Hash64;
import java.util.Arrays;

/**
 * The tags that have a use in memory, numbered so that columns and counters hold an {@code int}. A number is given back
 * when the last use of its tag has left, and then given to another tag: numbers depend on the order of arrival, so
 * nothing that leaves the step may depend on them.
 */
final class TagTable {

    static final long NO_ROW = -1;

    private final ObjectIntHashMap<String> ids = new ObjectIntHashMap<>();
    private String[] names = new String[64];
    private long[] hashes = new long[64];
    private int[] references = new int[64];
    private long[] lastRow = new long[64];
    private int[] free = new int[64];
    private int freeCount;
    private int end;

    /** The number of a tag, which from now on has one reference more. */
    int acquire(String tag) {
        int slot = ids.indexOf(tag);
        int id;
        if (ids.indexExists(slot)) {
            id = ids.indexGet(slot);
        } else {
            id = freeCount > 0 ? free[--freeCount] : end++;
            if (id == names.length) {
                grow();
            }
            ids.indexInsert(slot, tag, id);
            names[id] = tag;
            hashes[id] = Hash64.of(tag);
            references[id] = 0;
            lastRow[id] = NO_ROW;
        }
        references[id]++;
        return id;
    }

    void release(int id) {
        if (--references[id] == 0) {
            ids.remove(names[id]);
            names[id] = null;
            if (freeCount == free.length) {
                free = Arrays.copyOf(free, freeCount * 2);
            }
            free[freeCount++] = id;
        }
    }

    String name(int id) {
        return names[id];
    }

    long hash(int id) {
        return hashes[id];
    }

    /** The newest row of the tag in the log, from which the earlier ones are linked, or {@link #NO_ROW}. */
    long lastRow(int id) {
        return lastRow[id];
    }

    void lastRow(int id, long row) {
        lastRow[id] = row;
    }

    int size() {
        return ids.size();
    }

    /** All numbers in use are below it. */
    int end() {
        return end;
    }

    private void grow() {
        int capacity = names.length * 2;
        names = Arrays.copyOf(names, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        references = Arrays.copyOf(references, capacity);
        lastRow = Arrays.copyOf(lastRow, capacity);
    }
}
