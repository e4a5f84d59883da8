package freshet.trends.extract;

/**
 * What extracting depends on besides the posts; the same for all instances, since rows follow from it.
 *
 * @param lateness allowed lateness, milliseconds: how far behind its partition's newest time a post may be and still count
 * @param longestWindow the longest window, milliseconds: how long a post can stand in an open slide
 */
public record ExtractSettings(long lateness, long longestWindow) {

    /** How long a post is remembered for what follows to be known as its duplicate, milliseconds of event time. */
    public static final long DUPLICATES = 3_600_000;

    /** A post's tags beyond this many are ignored. */
    public static final int TAGS_MAX = 100;

    /** A folded tag of more UTF-16 units than this is none. */
    public static final int TAG_LENGTH_MAX = 140;

    /** An author's retraction takes back their latest posts, at most as many as this many bytes hold. */
    public static final int RETRACTION_BYTES_MAX = 4 << 20;

    public ExtractSettings {
        if (lateness < 0 || longestWindow <= 0) {
            throw new IllegalArgumentException(
                    "lateness " + lateness + " ms and longest window " + longestWindow + " ms must not be negative");
        }
    }

    /** For how long a retraction finds its post: after it, no slide that holds the post is open any more. */
    long retractions() {
        return longestWindow + lateness;
    }

    long remembered() {
        return Math.max(DUPLICATES, retractions());
    }

    /**
     * From how far back reading again finds all that matters: whether a post counted is known from the hour before it,
     * and matters for as long as it can be retracted.
     */
    long horizon() {
        return DUPLICATES + retractions();
    }
}
