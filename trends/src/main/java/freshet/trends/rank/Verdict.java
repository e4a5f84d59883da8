package freshet.trends.rank;

import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Texts;

/** Why a tag that stands out is no trend: its posts come from too few hands. Reposts speak neither for nor against. */
final class Verdict {

    private static final int FEW_AUTHORS = 10;
    private static final int POSTS_PER_FEW = 4;
    private static final int POSTS_PER_ANY = 8;
    private static final int ORIGINALS_MIN = 6;
    private static final double SAME_TEXT = 0.7;
    private static final int POSTS_PER_TEXT = 6;
    private static final int COPYING_AUTHORS_MIN = 4;
    /** Texts are judged where they are at least this part of the posts that were looked at. */
    private static final double ORIGINALS_SHARE = 0.25;

    private Verdict() {}

    /**
     * The reason to keep a candidate out, or null.
     *
     * @param alive whether it is part of a trend: then its people may become busier before that speaks against it
     */
    static String on(Candidate candidate, boolean alive) {
        int perAuthor = (candidate.authors() <= FEW_AUTHORS ? POSTS_PER_FEW : POSTS_PER_ANY) * (alive ? 2 : 1);
        if (candidate.count() >= (long) perAuthor * candidate.authors()) {
            return "few authors, many posts: " + candidate.count() + " posts by " + Reason.authors(candidate);
        }
        Texts texts = candidate.texts();
        if (texts.originals() < ORIGINALS_MIN || texts.originals() < ORIGINALS_SHARE * candidate.looked()) {
            return null;
        }
        if (texts.commonest() >= SAME_TEXT * texts.originals() && texts.commonestAuthors() >= COPYING_AUTHORS_MIN) {
            return "near-identical texts: " + texts.commonest() + " of " + texts.originals() + " posts, by "
                    + texts.commonestAuthors() + " accounts, say the same";
        }
        if ((long) texts.distinct() * POSTS_PER_TEXT <= texts.originals()) {
            return "near-identical texts: " + texts.originals() + " posts with only " + texts.distinct() + " texts";
        }
        return null;
    }
}
