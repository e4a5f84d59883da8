package freshet.trends.count;

import com.carrotsearch.hppc.ObjectIntHashMap;
import freshet.trends.contract.Hash64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The tags that have a use in memory, numbered so that columns and counters hold an {@code int}; the lanes of heavy tags
 * have numbers too. A number is given back when the last use of its tag has left, and then given to another tag: numbers
 * depend on the order of arrival, so nothing that leaves the step may depend on them.
 */
final class TagTable {

    static final long NO_ROW = -1;

    private final long paneSize;
    private final ObjectIntHashMap<String> ids = new ObjectIntHashMap<>();
    private final List<HeavyTag> heavyTags = new ArrayList<>();
    private String[] names = new String[64];
    private long[] hashes = new long[64];
    private int[] references = new int[64];
    private int[] rows = new int[64];
    private long[] lastRow = new long[64];
    private HeavyTag[] heavy = new HeavyTag[64];
    /** Of which numbers {@link #heavy} is not null: asked for each row, and small enough to stay in a cache. */
    private final BitSet isHeavy = new BitSet();

    private int[] free = new int[64];
    private int freeCount;
    private int end;

    /** @param paneSize milliseconds */
    TagTable(long paneSize) {
        this.paneSize = paneSize;
    }

    /** The number of a tag, which from now on has one reference more. */
    int acquire(String tag) {
        int slot = ids.indexOf(tag);
        int id;
        if (ids.indexExists(slot)) {
            id = ids.indexGet(slot);
        } else {
            id = number(tag, Hash64.of(tag));
            ids.indexInsert(slot, tag, id);
        }
        references[id]++;
        return id;
    }

    /** Gives a tag that has a number already one reference more. */
    void acquire(int id) {
        references[id]++;
    }

    private int number(String name, long hash) {
        int id = freeCount > 0 ? free[--freeCount] : end++;
        if (id == names.length) {
            grow();
        }
        names[id] = name;
        hashes[id] = hash;
        references[id] = 0;
        rows[id] = 0;
        lastRow[id] = NO_ROW;
        return id;
    }

    void release(int id) {
        if (--references[id] == 0) {
            ids.remove(names[id]);
            free(id);
        }
    }

    private void free(int id) {
        names[id] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = id;
    }

    /** Makes a tag heavy: rows that come from now on stand in its lanes. */
    HeavyTag makeHeavy(int id) {
        heavy[id] = new HeavyTag(id, paneSize);
        isHeavy.set(id);
        heavyTags.add(heavy[id]);
        return heavy[id];
    }

    /** Undoes {@link #makeHeavy}, of a tag of which the log holds no row. */
    void makeLight(int id) {
        for (int level = 0; level <= Hash64.LEVEL_MAX; level++) {
            int lane = heavy[id].lane(level);
            if (lane != HeavyTag.NO_LANE) {
                heavy[lane] = null;
                isHeavy.clear(lane);
                free(lane);
            }
        }
        heavyTags.remove(heavy[id]);
        heavy[id] = null;
        isHeavy.clear(id);
    }

    /** What is known of a tag, or of a lane's tag, if it is heavy; else null. */
    HeavyTag heavy(int number) {
        return isHeavy.get(number) ? heavy[number] : null;
    }

    /** The heavy tags, in no order that may leave a trace. */
    List<HeavyTag> heavyTags() {
        return heavyTags;
    }

    /** Under which number a row of a tag stands: of a heavy one that of the lane of its author's level. */
    int lane(int tag, long author) {
        if (!isHeavy.get(tag)) {
            return tag;
        }
        HeavyTag of = heavy[tag];
        int level = Hash64.level(author);
        if (of.lane(level) == HeavyTag.NO_LANE) {
            of.lane(level, number(null, hashes[tag]));
            heavy[of.lane(level)] = of;
            isHeavy.set(of.lane(level));
        }
        return of.lane(level);
    }

    /** The number of the tag to which a number belongs: itself, or a lane's tag. */
    int tagOf(int number) {
        return isHeavy.get(number) ? heavy[number].tag() : number;
    }

    /** Null where it is no tag's number. */
    String name(int id) {
        return names[id];
    }

    long hash(int number) {
        return hashes[number];
    }

    /** How many rows of the tag the log holds. */
    int rows(int id) {
        return rows[id];
    }

    void rows(int id, int count) {
        rows[id] = count;
    }

    /** The newest row of the tag or lane in the log, from which the earlier ones are linked, or {@link #NO_ROW}. */
    long lastRow(int number) {
        return lastRow[number];
    }

    void lastRow(int number, long row) {
        lastRow[number] = row;
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
        rows = Arrays.copyOf(rows, capacity);
        lastRow = Arrays.copyOf(lastRow, capacity);
        heavy = Arrays.copyOf(heavy, capacity);
    }
}
