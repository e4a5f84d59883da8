package freshet.trends.count;

import com.carrotsearch.hppc.IntArrayList;
import java.util.Arrays;

/**
 * Uses and distinct authors of each tag in one window: a stretch of the log between two positions, to which uses are
 * added at the head and taken away at the tail. Exact: an author is new where the window holds no earlier use of the tag
 * by the same author, and gone where it holds no later one.
 */
final class SlidingCount {

    private final TagTable tags;
    private final IntArrayList touched = new IntArrayList();
    private int[] uses = new int[64];
    private int[] authors = new int[64];
    private boolean[] isTouched = new boolean[64];
    private long activity;

    SlidingCount(TagTable tags) {
        this.tags = tags;
    }

    /**
     * Adds a use.
     *
     * @param another whether the window holds another use of the tag by the same author
     */
    void add(int tag, boolean another) {
        touch(tag);
        uses[tag]++;
        if (!another) {
            authors[tag]++;
            activity++;
        }
    }

    /**
     * Takes a use away.
     *
     * @param another whether the window holds another use of the tag by the same author
     */
    void remove(int tag, boolean another) {
        touch(tag);
        uses[tag]--;
        if (!another) {
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
}
