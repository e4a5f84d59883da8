package freshet.trends.count;

import com.carrotsearch.hppc.IntArrayList;
import com.carrotsearch.hppc.IntHashSet;
import com.carrotsearch.hppc.cursors.IntCursor;
import freshet.trends.contract.Hash64;
import java.util.Arrays;

/**
 * Uses and distinct authors of each tag in one window: a stretch of the log between two positions, to which rows are
 * added at the head and taken away at the tail. Exact: an author is new where the window holds no earlier use of the tag
 * by the same author, and gone where it holds no later one.
 *
 * <p>Of a heavy tag the same is known for each of its lanes, and the authors are those of the lowest level at which no
 * more than {@code exactUsesMax} rows are in the window, times two to the power of that level. Retracted rows count there:
 * a row is dropped for the rows after it, retracted or not, so the level says that all rows that it needs are here.
 */
final class SlidingCount {

    private final TagTable tags;
    private final int exactUsesMax;
    private final IntArrayList touched = new IntArrayList();
    private int[] uses = new int[64];
    private int[] authors = new int[64];
    private boolean[] isTouched = new boolean[64];
    private long activity;

    SlidingCount(TagTable tags, int exactUsesMax) {
        this.tags = tags;
        this.exactUsesMax = exactUsesMax;
    }

    /**
     * Adds a live row.
     *
     * @param another whether the window holds another live row of the tag by the same author
     */
    void add(int lane, boolean another) {
        touch(tags.tagOf(lane));
        fit(lane);
        uses[lane]++;
        if (!another) {
            authors[lane]++;
            activity++;
        }
    }

    /**
     * Takes a live row away.
     *
     * @param another whether the window holds another live row of the tag by the same author
     */
    void remove(int lane, boolean another) {
        touch(tags.tagOf(lane));
        uses[lane]--;
        removeAuthor(lane, another);
    }

    /** Notes that a row in the window is no longer live; {@code another} as in {@link #remove}. */
    void retract(int lane, boolean another) {
        touch(tags.tagOf(lane));
        if (tags.heavy(lane) == null) {
            uses[lane]--;
        }
        removeAuthor(lane, another);
    }

    /** Adds a retracted row, or takes one away: the level may be another. */
    void addRetracted(int lane, int rows) {
        if (tags.heavy(lane) != null) {
            touch(tags.tagOf(lane));
            fit(lane);
            uses[lane] += rows;
        }
    }

    private void removeAuthor(int lane, boolean another) {
        if (!another) {
            authors[lane]--;
            activity--;
        }
    }

    /** Forgets the counts of a tag that is becoming heavy: its lanes are counted anew. */
    void clear(int tag) {
        if (tag < uses.length) {
            activity -= authors[tag];
            uses[tag] = 0;
            authors[tag] = 0;
        }
    }

    /** Uses of a tag that is not heavy. */
    int uses(int tag) {
        return tag < uses.length ? uses[tag] : 0;
    }

    /** Distinct authors of a tag: about as many, where its level is above 0. */
    int authors(int tag) {
        HeavyTag heavy = tags.heavy(tag);
        return heavy == null ? counted(tag) : authors(heavy, level(tag));
    }

    private int authors(HeavyTag heavy, int level) {
        long sampled = 0;
        for (int above = level; above <= Hash64.LEVEL_MAX; above++) {
            sampled += counted(heavy.lane(above));
        }
        return (int) Math.min(Integer.MAX_VALUE, sampled << level);
    }

    private int counted(int lane) {
        return lane >= 0 && lane < authors.length ? authors[lane] : 0;
    }

    /** The level from which on the authors of a tag are counted: 0 where they all are. */
    int level(int tag) {
        HeavyTag heavy = tags.heavy(tag);
        if (heavy == null) {
            return 0;
        }
        int level = Hash64.LEVEL_MAX;
        for (long rows = rows(heavy, level); level > 0; level--) {
            rows += rows(heavy, level - 1);
            if (rows > exactUsesMax) {
                break;
            }
        }
        return level;
    }

    private int rows(HeavyTag heavy, int level) {
        int lane = heavy.lane(level);
        return lane >= 0 && lane < uses.length ? uses[lane] : 0;
    }

    /** Distinct authors summed over all tags. */
    long activity() {
        long sum = activity;
        for (HeavyTag heavy : tags.heavyTags()) {
            sum += authors(heavy.tag()) - authors(heavy, 0);
        }
        return sum;
    }

    /** Tags whose count has changed since {@link #forgetTouched}, each once. */
    IntArrayList touched() {
        return touched;
    }

    void touch(int tag) {
        fit(tag);
        if (!isTouched[tag]) {
            isTouched[tag] = true;
            touched.add(tag);
        }
    }

    /** Forgets that tags are touched. */
    void forget(IntHashSet numbers) {
        for (IntCursor number : numbers) {
            if (number.value < isTouched.length) {
                isTouched[number.value] = false;
            }
        }
        touched.removeAll(numbers);
    }

    private void fit(int number) {
        if (number >= uses.length) {
            int capacity = Math.max(tags.end(), uses.length * 2);
            uses = Arrays.copyOf(uses, capacity);
            authors = Arrays.copyOf(authors, capacity);
            isTouched = Arrays.copyOf(isTouched, capacity);
        }
    }

    void forgetTouched() {
        for (int i = 0; i < touched.size(); i++) {
            isTouched[touched.get(i)] = false;
        }
        touched.elementsCount = 0;
    }
}
