package freshet.trends.count;

import com.carrotsearch.hppc.LongHashSet;
import java.util.ArrayList;
import java.util.List;

/** Distinct authors in each sixtieth of a stretch of time; rows come newest first, an author's all in one lane. */
final class Spark {

    static final int POINTS = 60;

    /** A set larger than this is thrown away rather than cleared for small tags. */
    private static final int KEPT = 1 << 12;

    private final int[] points = new int[POINTS];
    private LongHashSet authors = new LongHashSet();
    private long begin;
    private long length;
    private int point;

    void begin(long from, long to) {
        java.util.Arrays.fill(points, 0);
        begin = from;
        length = to - from;
        point = -1;
    }

    void add(long time, long author) {
        int at = (int) ((time - begin) * POINTS / length);
        if (at != point) {
            forget();
            point = at;
        }
        if (authors.add(author)) {
            points[at]++;
        }
    }

    /** Oldest first, each times two to the power of the level from which on authors were told. */
    List<Integer> end(int level) {
        forget();
        List<Integer> list = new ArrayList<>(POINTS);
        for (int value : points) {
            list.add((int) Math.min(Integer.MAX_VALUE, (long) value << level));
        }
        return list;
    }

    private void forget() {
        if (authors.size() > KEPT) {
            authors = new LongHashSet();
        } else {
            authors.clear();
        }
    }
}
