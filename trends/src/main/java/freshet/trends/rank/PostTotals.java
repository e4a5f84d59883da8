package freshet.trends.rank;

import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.TrendCandidates.Total;
import java.util.TreeMap;

/** All posts by pane, over all target partitions, with retractions from the slide on from which they hold. */
final class PostTotals {

    private final TreeMap<Long, Long> posts = new TreeMap<>();
    private final TreeMap<Long, TreeMap<Long, Long>> pending = new TreeMap<>();

    void add(Total total) {
        if (total.holdsFrom() == HashtagUses.NO_WATERMARK) {
            posts.merge(total.at(), total.posts(), Long::sum);
        } else {
            pending.computeIfAbsent(total.holdsFrom(), h -> new TreeMap<>())
                    .merge(total.at(), total.posts(), Long::sum);
        }
    }

    /** Posts of the window of a size that ends at {@code end}; ends are asked for in ascending order. */
    long in(long size, long end) {
        while (!pending.isEmpty() && pending.firstKey() < end) {
            pending.pollFirstEntry().getValue().forEach((pane, count) -> posts.merge(pane, count, Long::sum));
        }
        return told(size, end);
    }

    /** The same of what has been told so far, for any end; retractions that have yet to hold still count. */
    long told(long size, long end) {
        long sum = 0;
        for (long count : posts.subMap(end - size, end).values()) {
            sum += count;
        }
        return sum;
    }

    /** Forgets panes that start before a time. */
    void forgetBefore(long time) {
        posts.headMap(time).clear();
    }
}
