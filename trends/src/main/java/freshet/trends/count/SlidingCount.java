package freshet.trends.count;

import com.carrotsearch.hppc.IntArrayList;
import com.carrotsearch.hppc.LongIntHashMap;
import freshet.trends.contract.Hash64;
import java.util.Arrays;

/**
 * Uses and distinct authors of each tag in one window: a stretch of the log between two positions, to which uses are
 * added at the head and taken away at the tail. Exact: for each tag and author it is known how often they stand together
 * in the window (pairs by a 64-bit hash; among ten million pairs two collide with a chance of 3 in a million). Costs one
 * look-up in a primitive map per use that enters or leaves; 12 to 24 bytes per pair in the window.
 */
final class SlidingCount {

    private static final long TAG_FACTOR = 0x9e3779b97f4a7c15L;

    private final TagTable tags;
    private final LongIntHashMap pairs = new LongIntHashMap();
    private final IntArrayList touched = new IntArrayList();
    private int[] uses = new int[64];
    private int[] authors = new int[64];
    private boolean[] isTouched = new boolean[64];
    private long activity;

    SlidingCount(TagTable tags) {
        this.tags = tags;
    }

    void add(int tag, long author) {
        touch(tag);
        uses[tag]++;
        long pair = pair(tag, author);
        int slot = pairs.indexOf(pair);
        if (pairs.indexExists(slot)) {
            pairs.indexReplace(slot, pairs.indexGet(slot) + 1);
        } else {
            pairs.indexInsert(slot, pair, 1);
            authors[tag]++;
            activity++;
        }
    }

    void remove(int tag, long author) {
        touch(tag);
        uses[tag]--;
        int slot = pairs.indexOf(pair(tag, author));
        int together = pairs.indexGet(slot);
        if (together > 1) {
            pairs.indexReplace(slot, together - 1);
        } else {
            pairs.indexRemove(slot);
            authors[tag]--;
            activity--;
        }
    }

    int uses(int tag) {
        return tag < uses.length ? uses[tag] : 0;
    }

    int authors(int tag) {
        return tag < authors.length ? authors[tag] : 0;
    }

    /** Distinct authors summed over all tags. */
    long activity() {
        return activity;
    }

    /** Tags whose count has changed since {@link #forgetTouched}, each once. */
    IntArrayList touched() {
        return touched;
    }

    void touch(int tag) {
        if (tag >= uses.length) {
            int capacity = Math.max(tags.end(), uses.length * 2);
            uses = Arrays.copyOf(uses, capacity);
            authors = Arrays.copyOf(authors, capacity);
            isTouched = Arrays.copyOf(isTouched, capacity);
        }
        if (!isTouched[tag]) {
            isTouched[tag] = true;
            touched.add(tag);
        }
    }

    void forgetTouched() {
        for (int i = 0; i < touched.size(); i++) {
            isTouched[touched.get(i)] = false;
        }
        touched.elementsCount = 0;
    }

    private long pair(int tag, long author) {
        return Hash64.mix(author ^ tags.hash(tag) * TAG_FACTOR);
    }
}
