package freshet.trends.contract;

import freshet.trends.contract.Ranking.PostRef;
import java.util.List;

/**
 * The value of a record of {@code trend-candidates}: what one target partition has closed since its last such record,
 * the totals of that stretch of time, and each slide in it that closed with candidates. A slide of which no record
 * speaks, although its stretch is covered, closed without any.
 *
 * @param partition target partition of {@code hashtag-uses} that it counts
 * @param partitions how many there are: a slide is whole when all of them have closed it
 * @param early null where the stretch is closed for good
 * @param from slides that end at or before it were told earlier; {@link HashtagUses#NO_WATERMARK} in the first record
 * @param to slides that end at or before it are closed
 * @param totals posts of this partition's share by pane, and their retractions, which the stretch brought to a close
 * @param slides in order of their end, then of the windows in the settings
 */
public record TrendCandidates(
        int partition, int partitions, Early early, long from, long to, List<Total> totals, List<Slide> slides) {

    /**
     * Says that a record shows the newest slide of each window with what has been seen so far, for people who wait, and
     * proves nothing: its slides come again when they have closed.
     *
     * @param heard how many partitions of {@code posts} are near the newest
     * @param of how many there are
     */
    public record Early(int heard, int of) {}

    /** How many author hashes a candidate's sample holds at most. */
    public static final int SAMPLE_SIZE = 64;

    /** Of how many of a candidate's newest posts the details are looked at, at most. */
    public static final int DETAILED_MAX = 2_000;

    /**
     * Posts by time, tagged or not.
     *
     * @param at start of their pane, milliseconds
     * @param posts how many; negative where they were retracted
     * @param holdsFrom of a retraction: slides that end after it do without them; of posts
     *     {@link HashtagUses#NO_WATERMARK}
     */
    public record Total(long at, long posts, long holdsFrom) {}

    /**
     * A slide with candidates.
     *
     * @param window name of the window
     * @param scope {@code all}, or a part of the posts
     * @param at the window's end, milliseconds
     * @param candidates highest score first, then by tag
     */
    public record Slide(String window, String scope, long at, List<Candidate> candidates) {}

    /**
     * A tag whose past may not explain its count.
     *
     * @param tag folded
     * @param display as most uses of it write it
     * @param count posts that use it
     * @param authors distinct authors of these; where the level is above 0, about as many
     * @param expected distinct authors that its past explains
     * @param score how much more it is
     * @param odds how likely its past makes that
     * @param warming whether the stream is too young to know
     * @param spark distinct authors in each sixtieth of the stretch up to the slide's end, oldest first
     * @param first its first posts in the window
     * @param examples posts of distinct authors that stand for it
     * @param sample the smallest {@link Hash64#author} hashes of its authors, ascending: all of them where they are few
     * @param pairs other tags of these posts, most used first
     * @param languages of these posts, most used first
     * @param sources of these posts, most used first
     * @param texts what is known of their texts
     * @param band between which numbers of authors its past lets one expect the window; null in records of old
     * @param sparkBand the same for each number of the spark
     * @param level 0 where all authors were counted; else those with a {@link Hash64#level} as high or higher were, and
     *     {@code authors} is two to the power of the level times as many
     * @param looked of how many of the newest posts the details were looked at
     */
    public record Candidate(
            String tag,
            String display,
            long count,
            int authors,
            double expected,
            double score,
            double odds,
            boolean warming,
            List<Integer> spark,
            List<PostRef> first,
            List<PostRef> examples,
            List<Long> sample,
            List<Tally> pairs,
            List<Tally> languages,
            List<Tally> sources,
            Texts texts,
            Band band,
            Band sparkBand,
            int level,
            int looked) {

        /** Standard error of {@code authors}, as a part of them: one in the root of how many were counted. */
        public double authorsError() {
            return level == 0 ? 0 : 1 / StrictMath.sqrt(authors >> level);
        }
    }

    /** How many of the posts that were looked at have something. */
    public record Tally(String name, int posts) {}

    /**
     * Reposts aside, how alike the texts are.
     *
     * @param originals posts that repeat no other and have a text hash
     * @param distinct distinct text hashes among them
     * @param commonest posts with the commonest of these
     * @param commonestAuthors distinct authors of these
     */
    public record Texts(int originals, int distinct, int commonest, int commonestAuthors) {}
}
