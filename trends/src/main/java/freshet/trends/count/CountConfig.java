package freshet.trends.count;

import freshet.trends.score.Score;
import freshet.trends.time.Windows;

/**
 * What counting depends on besides its input. All instances of a job must agree on it: finals follow from it.
 *
 * @param windows which windows
 * @param authorsMin a tag with fewer distinct authors in a window is no candidate
 * @param scoreMin a candidate's least score: below the ranking's own threshold, since a trend stays longer than it needs
 *     to enter
 * @param candidatesMax how many candidates of a slide are handed to ranking: highest score, then first by tag
 * @param historyTagsMax of how many tags, for each window and target partition, the past is remembered
 * @param exactUsesMax a tag with no more uses in a window than this is counted exactly there; of one with more, the uses
 *     are, and the authors are estimated from a sample of about half as many rows or more
 * @param usesMax how many uses a target partition holds at most; beyond, the least used tags are forgotten
 */
public record CountConfig(
        Windows windows,
        int authorsMin,
        double scoreMin,
        int candidatesMax,
        int historyTagsMax,
        int exactUsesMax,
        int usesMax) {

    private static final int EXACT_USES_MAX = 16_384;
    private static final int USES_MAX = 1_000_000;

    /** What is used unless the settings say otherwise. */
    public static final CountConfig DEFAULT = new CountConfig(Windows.DEFAULT, 4, Score.CANDIDATE, 200, 100_000);

    /** One with the bounds that are used unless the settings say otherwise. */
    public CountConfig(Windows windows, int authorsMin, double scoreMin, int candidatesMax, int historyTagsMax) {
        this(windows, authorsMin, scoreMin, candidatesMax, historyTagsMax, EXACT_USES_MAX, USES_MAX);
    }

    /** The same with other bounds. */
    public CountConfig bounded(int maxExactUses, int maxUses) {
        return new CountConfig(windows, authorsMin, scoreMin, candidatesMax, historyTagsMax, maxExactUses, maxUses);
    }

    public CountConfig {
        if (authorsMin < 1) {
            throw new IllegalArgumentException("min authors must be 1 or more, not " + authorsMin);
        }
        if (candidatesMax < 1) {
            throw new IllegalArgumentException("max candidates must be 1 or more, not " + candidatesMax);
        }
        if (exactUsesMax < 1) {
            throw new IllegalArgumentException("max exact uses must be 1 or more, not " + exactUsesMax);
        }
        if (usesMax < 1) {
            throw new IllegalArgumentException("max uses must be 1 or more, not " + usesMax);
        }
        if (Double.isNaN(scoreMin)) {
            throw new IllegalArgumentException("the candidates' least score is not a number");
        }
    }
}
