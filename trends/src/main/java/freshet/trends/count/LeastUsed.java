package freshet.trends.count;

import com.carrotsearch.hppc.IntHashSet;
import java.util.List;

/**
 * Bounds the rows of all tags together, however many tags there are. When there are more than {@code usesMax}, tags are
 * forgotten until a quarter is free: those with the fewest rows first, of these those whose last use is the longest ago. A
 * flood of tags that nobody else uses washes itself away, and what is about to be a trend stays. A forgotten tag is counted
 * as if it had not been used before.
 */
final class LeastUsed {

    private static final int NONE = Integer.MAX_VALUE;

    private final TagTable tags;
    private final UseLog log;
    private final List<WindowCount> windows;
    private final int usesMax;
    private final IntHashSet forgotten = new IntHashSet();

    LeastUsed(CountConfig config, TagTable tags, UseLog log, List<WindowCount> windows) {
        this.tags = tags;
        this.log = log;
        this.windows = windows;
        this.usesMax = config.usesMax();
    }

    /** Called at the end of panes, so that what is forgotten follows from the posts. @return how many uses are forgotten */
    long makeRoom() {
        long before = log.size();
        if (before <= usesMax) {
            return 0;
        }
        long target = usesMax - usesMax / 4;
        for (int most = 1; most < NONE && log.size() > target; ) {
            int fewest = forgetUpTo(most, target);
            most = fewest == NONE ? NONE : Math.max(fewest, 2 * most);
        }
        windows.forEach(window -> window.forget(forgotten));
        forgotten.clear();
        return before - log.size();
    }

    /** Forgets tags with at most so many rows. @return the fewest that another has, unless all others are heavy */
    private int forgetUpTo(int most, long target) {
        int fewest = NONE;
        for (long row = log.skipHoles(log.start());
                row < log.end() && log.size() > target;
                row = log.skipHoles(row + 1)) {
            int tag = log.tag(row);
            if (tags.heavy(tag) == null && tags.lastRow(tag) == row) {
                if (tags.rows(tag) <= most) {
                    forget(tag);
                } else {
                    fewest = Math.min(fewest, tags.rows(tag));
                }
            }
        }
        return fewest;
    }

    private void forget(int tag) {
        forgotten.add(tag);
        long row = tags.lastRow(tag);
        tags.lastRow(tag, TagTable.NO_ROW);
        while (row >= log.start()) {
            long dropped = row;
            row = log.previous(row);
            windows.forEach(window -> window.drop(dropped));
            log.drop(dropped);
        }
    }
}
