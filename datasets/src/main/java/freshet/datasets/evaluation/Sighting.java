package freshet.datasets.evaluation;

import java.util.LinkedHashSet;
import java.util.Set;

/** One life of a trend in one window, as far as it matters here. Filled while finals come. */
final class Sighting {

    final String tag;
    final Set<String> tags = new LinkedHashSet<>();

    /** End of the first window in which it was breaking, milliseconds. */
    final long breakingAt;

    /** End of the last window that had it. */
    long lastAt;

    int bestRank = Integer.MAX_VALUE;
    long authorsMost;
    double expectedAtFirst;
    double scoreMost;
    boolean warming;

    Sighting(String tag, long breakingAt) {
        this.tag = tag;
        this.breakingAt = breakingAt;
    }
}
