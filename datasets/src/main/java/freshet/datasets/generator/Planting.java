package freshet.datasets.generator;

import java.util.ArrayList;
import java.util.List;

/** Something planted into the background: a breakout or a campaign, as moments at which accounts post. */
abstract class Planting {

    /** Moments of posts, ascending; which author posts at each. */
    final long[] times;

    final int[] authors;

    Planting(long[] times, int[] authors) {
        this.times = times;
        this.authors = authors;
    }

    /** Writes the post of a moment; called once for each, in order. */
    abstract Status write(int moment, long id);

    long first() {
        return times[0];
    }

    long last() {
        return times[times.length - 1];
    }

    /** Moments of posts in order, each with its author. */
    record Moment(long time, int author) {}

    static long[] times(List<Moment> moments) {
        return moments.stream().mapToLong(Moment::time).toArray();
    }

    static int[] authors(List<Moment> moments) {
        return moments.stream().mapToInt(Moment::author).toArray();
    }

    static List<Moment> sorted(List<Moment> moments) {
        List<Moment> sorted = new ArrayList<>(moments);
        sorted.sort((a, b) -> a.time != b.time ? Long.compare(a.time, b.time) : Integer.compare(a.author, b.author));
        return sorted;
    }
}
