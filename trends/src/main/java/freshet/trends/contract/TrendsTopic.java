package freshet.trends.contract;

/** Base names of the topics that trends writes; the full names come from {@code Stream.topic}. */
public final class TrendsTopic {

    /** What anyone may read: rankings, JSON, key {@code <window>|<scope>}. */
    public static final String TRENDS = "trends";

    /** Internal: uses of hashtags, extract to count. */
    public static final String HASHTAG_USES = "hashtag-uses";

    /** Internal: slides that closed with candidates, count to rank. */
    public static final String TREND_CANDIDATES = "trend-candidates";

    /** Internal: blocks of what extract remembers, one partition for each of posts'. */
    public static final String EXTRACT_STATE = "extract-state";

    /** Internal: snapshots of count's state. */
    public static final String COUNT_STATE = "count-state";

    private TrendsTopic() {}
}
