package freshet.trends.contract;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;

/**
 * The value of a record of {@code trends}: the ranking of one window and scope at the end of one slide.
 *
 * @param window name of the window, e.g. {@code 10m}
 * @param scope {@code all}, or a part of the posts
 * @param at the window's end, event time: it holds the posts of {@code [at - size, at)}
 * @param isFinal whether nothing that follows may change it; an early record never replaces a final one
 * @param partitions of how many partitions it holds the counts, e.g. {@code 5/6}
 * @param posts all posts in the window, tagged or not
 * @param trends the trends, by rank
 * @param keptOut tags that would rank but for a verdict
 */
@JsonPropertyOrder({"window", "scope", "at", "final", "partitions", "posts", "trends", "kept_out"})
public record Ranking(
        String window,
        String scope,
        @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
        @JsonProperty("final") boolean isFinal,
        String partitions,
        long posts,
        List<Trend> trends,
        @JsonProperty("kept_out") List<KeptOut> keptOut) {

    /** The record's key. */
    public String key() {
        return key(window, scope);
    }

    public static String key(String window, String scope) {
        return window + "|" + scope;
    }

    /** Where a trend stands in its life. */
    public enum State {
        @JsonProperty("breaking")
        BREAKING,
        @JsonProperty("rising")
        RISING,
        @JsonProperty("steady")
        STEADY,
        @JsonProperty("fading")
        FADING
    }

    /**
     * One trend.
     *
     * @param rank from 1
     * @param id one per life of a trend: the same while it stays in the ranking
     * @param tag folded (NFKC, lower case, no leading #)
     * @param tags the tags of its story, this one first
     * @param display as most authors write it
     * @param state where it stands in its life
     * @param count posts that use the tag in the window
     * @param authors distinct authors among them; about as many where {@code authorsError} says so
     * @param expected distinct authors that the tag's own past explains
     * @param score rank follows it, highest first
     * @param odds how likely the tag's own past makes what was seen
     * @param since when this life of the trend began, event time
     * @param warming whether the stream is too young to know the tag's past
     * @param spark sixty numbers, oldest first: distinct authors in each sixtieth of the stretch of time up to {@code at}; the
     *     stretch is six times the window, but no more than the longest window
     * @param reason one sentence for a person: why it is a trend
     * @param first the first posts of it in the window
     * @param examples posts that stand for it, of distinct authors
     * @param related other tags used with it
     * @param life how it has fared so far; the state follows from it. Null where unknown
     * @param band between which numbers of authors its own past lets one expect a window. Null in records of old
     * @param sparkBand the same for each number of {@code spark}
     * @param languages of its posts in the window, the commonest first, at most three. Null in records of old
     * @param sources where these come from, likewise
     * @param authorsError standard error of {@code authors}, as a part of them, where they are so many that a sample of
     *     them was counted; null where all were
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Trend(
            int rank,
            String id,
            String tag,
            List<String> tags,
            String display,
            State state,
            long count,
            long authors,
            double expected,
            double score,
            double odds,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant since,
            boolean warming,
            List<Integer> spark,
            String reason,
            List<PostRef> first,
            List<PostRef> examples,
            List<Related> related,
            Life life,
            Band band,
            @JsonProperty("spark_band") Band sparkBand,
            List<Share> languages,
            List<Share> sources,
            @JsonProperty("authors_error") Double authorsError) {}

    /**
     * How a trend has fared since its last upswing began: what a state needs besides the present, so that any instance
     * that reads the last final goes on as the one that wrote it.
     *
     * @param peak most distinct authors in one window
     * @param peakAt when that was reached
     * @param low fewest since then
     * @param stateSince since when it is in its state
     */
    public record Life(
            long peak,

            @JsonProperty("peak_at") @JsonFormat(shape = JsonFormat.Shape.STRING)
            Instant peakAt,

            long low,

            @JsonProperty("state_since") @JsonFormat(shape = JsonFormat.Shape.STRING)
            Instant stateSince) {}

    /**
     * Where a post stands.
     *
     * @param id the post's id
     * @param at its event time
     * @param ref {@code partition@offset} in {@code posts}
     */
    public record PostRef(
            String id,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
            String ref) {}

    /**
     * A tag used together with a trend.
     *
     * @param lift how many times more often than chance
     */
    public record Related(String tag, double lift) {}

    /**
     * What part of a trend's posts have something.
     *
     * @param name e.g. a language's code
     * @param share of the posts looked at, above 0, at most 1
     */
    public record Share(String name, double share) {}

    /** A tag that was kept out of the ranking, and why. */
    public record KeptOut(String tag, String reason) {}
}
