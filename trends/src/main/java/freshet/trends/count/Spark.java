package freshet.trends.count;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Distinct authors in each sixtieth of a stretch of time: of an author's rows within one the last counts. Rows are told
 * lane by lane, and a lane counts when it is taken.
 */
final class Spark {

    static final int POINTS = 60;

    private final int[] points = new int[POINTS];
    private final int[] lane = new int[POINTS];
    private long begin;
    private long end;

    void begin(long from, long to) {
        Arrays.fill(points, 0);
        Arrays.fill(lane, 0);
        begin = from;
        end = to;
    }

    /**
     * Adds a row.
     *
     * @param time within the stretch
     * @param next time of the same author's next row, or {@link Long#MAX_VALUE}
     */
    void add(long time, long next) {
        int point = point(time);
        if (next >= end || point(next) != point) {
            lane[point]++;
        }
    }

    private int point(long time) {
        return (int) ((time - begin) * POINTS / (end - begin));
    }

    void takeLane() {
        for (int i = 0; i < POINTS; i++) {
            points[i] += lane[i];
            lane[i] = 0;
        }
    }

    /** Oldest first, each times two to the power of the level from which on lanes were taken. */
    List<Integer> end(int level) {
        List<Integer> list = new ArrayList<>(POINTS);
        for (int value : points) {
            list.add((int) Math.min(Integer.MAX_VALUE, (long) value << level));
        }
        return list;
    }
}
