package freshet.trends.score;

import freshet.trends.history.Past;
import freshet.trends.history.TagHistory;

/** Scores tags against their past. Holds no state of its own; costs some 200 ns, and less where nothing is unusual. */
public final class Scorer {

    private static final double LN_10 = StrictMath.log(10);

    private final TagHistory history;

    public Scorer(TagHistory history) {
        this.history = history;
    }

    /**
     * Scores a tag in the window that ends at {@code end}.
     *
     * @param tag its hash
     * @param authors distinct authors that used it in the window
     * @param activity distinct authors summed over all tags of the window, this one too: how busy the stream is
     * @param end end of the window, a slide, not before the last window that the history has learned from
     */
    public Score score(long tag, int authors, long activity, long end) {
        Past past = history.past(tag, end);
        double pace = history.pace(Math.max(0, activity - authors));
        double expected = past.mean() * pace;
        // The tag's own scale where it has shown one, else what first sights look like.
        double scale = Math.max(past.scale(), past.commonScale()) * Math.max(1, pace);
        if (past.exposure() <= 0 || authors <= expected) {
            return new Score(expected, scale, 0, 1, past.warming());
        }
        double logOdds = NegativeBinomial.logTail(authors, expected / scale, scale);
        double score = Math.min(Score.GREATEST, -logOdds / LN_10);
        return new Score(expected, scale, score, score == 0 ? 1 : StrictMath.exp(logOdds), past.warming());
    }
}
