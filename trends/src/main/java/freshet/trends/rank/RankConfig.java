package freshet.trends.rank;

import freshet.trends.score.Score;
import freshet.trends.time.Windows;

/**
 * What ranking depends on besides its input. All instances of a job must agree on it: finals follow from it.
 *
 * @param windows as in counting
 * @param size how many trends a ranking holds at most
 * @param scoreEnter from which score on a candidate becomes a trend; it stays one as long as it is a candidate
 * @param scoreBreaking from which score on a trend is breaking
 * @param judged whether verdicts keep tags out and stories join tags; without, every candidate is a trend by itself, as
 *     a recount wants it
 */
public record RankConfig(Windows windows, int size, double scoreEnter, double scoreBreaking, boolean judged) {

    /** What is used unless the settings say otherwise. */
    public static final RankConfig DEFAULT = new RankConfig(Windows.DEFAULT, 50, 6, Score.BREAKING, true);

    public RankConfig {
        if (size < 1) {
            throw new IllegalArgumentException("a ranking must hold 1 trend or more, not " + size);
        }
        if (!(scoreEnter <= scoreBreaking)) {
            throw new IllegalArgumentException("the score from which a tag becomes a trend (" + scoreEnter
                    + ") must not be above the one from which it is breaking (" + scoreBreaking + ")");
        }
    }
}
