package freshet.trends.count;

import com.carrotsearch.hppc.IntArrayList;
import com.carrotsearch.hppc.LongArrayList;
import com.carrotsearch.hppc.LongIntHashMap;
import freshet.trends.contract.Hash64;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the rows of very heavy tags bounded. A row by an author of level {@code l} is dropped when more than
 * {@code exactUsesMax} newer rows of its tag are by authors of level {@code l} or above: of level 0 the newest rows are
 * left, of level 1 those that reach twice as far back, and so on (Gibbons and Tirthapura, "Distributed Streams Algorithms
 * for Sliding Windows", SPAA 2002). So a window in which a level has no more rows than that still has all of them, and one
 * in which it has more sees that it has more; when rows are dropped leaves no trace in any count.
 *
 * <p>A tag has at most {@code exactUsesMax (1 + levels / 2)} rows, where {@code levels} is the logarithm to base 2 of how
 * many times {@code exactUsesMax} it is used, and half of {@code exactUsesMax} more until they are looked through.
 */
final class Thinning {

    private static final int LEVEL_BITS = 5;

    private final TagTable tags;
    private final UseLog log;
    private final List<WindowCount> windows;
    private final IntArrayList grown = new IntArrayList();
    private final int exactUsesMax;
    private final long paneSize;

    Thinning(CountConfig config, TagTable tags, UseLog log, List<WindowCount> windows) {
        this.tags = tags;
        this.log = log;
        this.windows = windows;
        this.exactUsesMax = config.exactUsesMax();
        this.paneSize = config.windows().pane();
    }

    /** Takes note that a tag has got a row. */
    void added(int tag) {
        HeavyTag heavy = tags.heavy(tag);
        if (heavy == null) {
            if (tags.rows(tag) == exactUsesMax + 1) {
                grown.add(tag);
            }
        } else {
            heavy.addedSinceThinned(heavy.addedSinceThinned() + 1);
            if (heavy.addedSinceThinned() == exactUsesMax / 2 + 1) {
                grown.add(tag);
            }
        }
    }

    /** Thins the tags that have grown; called at the end of panes, so that when it is done follows from the posts. */
    void thin() {
        for (int i = 0; i < grown.size(); i++) {
            if (tags.heavy(grown.get(i)) == null) {
                makeHeavy(grown.get(i));
            }
            thin(tags.heavy(grown.get(i)));
        }
        grown.clear();
    }

    private void makeHeavy(int tag) {
        long[] rows = new long[tags.rows(tag)];
        int i = rows.length;
        for (long row = tags.lastRow(tag); row >= log.start(); row = log.previous(row)) {
            rows[--i] = row;
        }
        HeavyTag heavy = tags.makeHeavy(tag);
        LongArrayList left = merge(heavy, rows);
        tags.lastRow(tag, TagTable.NO_ROW);
        for (i = 0; i < left.size(); i++) {
            long row = left.get(i);
            int lane = tags.lane(tag, log.author(row));
            log.tag(row, lane);
            log.previous(row, tags.lastRow(lane));
            tags.lastRow(lane, row);
        }
        windows.forEach(window -> window.makeHeavy(tag, left));
    }

    /** Of an author's rows in a pane one is left: the first that is not retracted, if there is one. */
    private LongArrayList merge(HeavyTag heavy, long[] rows) {
        boolean[] merged = new boolean[rows.length];
        LongIntHashMap ofAuthor = new LongIntHashMap();
        long pane = Long.MIN_VALUE;
        for (int i = 0; i < rows.length; i++) {
            long row = rows[i];
            heavy.uses().add(log.time(row), log.live(row));
            if (Math.floorDiv(log.time(row), paneSize) != pane) {
                pane = Math.floorDiv(log.time(row), paneSize);
                ofAuthor.clear();
            }
            int first = ofAuthor.getOrDefault(log.author(row), -1);
            if (first < 0) {
                ofAuthor.put(log.author(row), i);
            } else if (log.live(row) > 0 && log.live(rows[first]) == 0) {
                merged[first] = true;
                ofAuthor.put(log.author(row), i);
            } else {
                merged[i] = true;
                log.live(rows[first], log.live(rows[first]) + log.live(row));
            }
        }
        LongArrayList left = new LongArrayList(rows.length);
        for (int i = 0; i < rows.length; i++) {
            if (merged[i]) {
                drop(rows[i]);
            } else {
                left.add(rows[i]);
            }
        }
        return left;
    }

    private void thin(HeavyTag heavy) {
        heavy.addedSinceThinned(0);
        long[] rows = byAge(heavy);
        int[] newer = new int[Hash64.LEVEL_MAX + 1];
        long[] oldest = new long[Hash64.LEVEL_MAX + 1];
        Arrays.fill(oldest, TagTable.NO_ROW);
        for (int i = rows.length - 1; i >= 0; i--) {
            int level = (int) rows[i] & ((1 << LEVEL_BITS) - 1);
            long row = rows[i] >>> LEVEL_BITS;
            if (newer[level] > exactUsesMax) {
                drop(row);
                continue;
            }
            oldest[level] = row;
            for (int below = 0; below <= level; below++) {
                newer[below]++;
            }
        }
        for (int level = 0; level <= Hash64.LEVEL_MAX; level++) {
            // Of a lane the oldest rows go: the chain ends at the oldest that is left.
            if (oldest[level] != TagTable.NO_ROW) {
                log.previous(oldest[level], TagTable.NO_ROW);
            } else if (heavy.lane(level) != HeavyTag.NO_LANE) {
                tags.lastRow(heavy.lane(level), TagTable.NO_ROW);
            }
        }
    }

    /** All rows of a tag, oldest first, each as its position and level. */
    private long[] byAge(HeavyTag heavy) {
        LongArrayList rows = new LongArrayList(tags.rows(heavy.tag()));
        for (int level = 0; level <= Hash64.LEVEL_MAX; level++) {
            if (heavy.lane(level) != HeavyTag.NO_LANE) {
                long row = tags.lastRow(heavy.lane(level));
                for (; row >= log.start(); row = log.previous(row)) {
                    rows.add(row << LEVEL_BITS | level);
                }
            }
        }
        long[] sorted = rows.toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private void drop(long row) {
        windows.forEach(window -> window.drop(row));
        log.drop(row);
    }
}
