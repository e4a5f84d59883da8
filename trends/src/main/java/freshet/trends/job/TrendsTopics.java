package freshet.trends.job;

import freshet.ingest.contract.TopicSpec;
import freshet.trends.contract.TrendsTopic;
import freshet.trends.runtime.Clients;
import java.util.List;

/** The topics that the job writes and keeps its state in; they must exist before it starts. */
public final class TrendsTopics {

    /** How far ranking may fall behind counting: some hours of a busy stream. */
    private static final long CANDIDATES_BYTES = 1L << 30;

    /** How much of the published rankings is kept. */
    private static final long TRENDS_BYTES = 4L << 30;

    private TrendsTopics() {}

    /**
     * The topics of one stream. Record timestamps are event times, so that retention by time would delete what has just
     * been written; what has been read is deleted by the job itself.
     *
     * @param partitions into how many parts the tags are counted; fixed for the life of the stream
     */
    public static List<TopicSpec> specs(int partitions) {
        return List.of(
                large(TopicSpec.kept(TrendsTopic.HASHTAG_USES, partitions)),
                large(TopicSpec.kept(TrendsTopic.EXTRACT_STATE, partitions)),
                large(TopicSpec.kept(TrendsTopic.COUNT_STATE, partitions)),
                large(TopicSpec.keptBySize(TrendsTopic.TREND_CANDIDATES, 1, CANDIDATES_BYTES)),
                large(TopicSpec.keptBySize(TrendsTopic.TRENDS, 1, TRENDS_BYTES)));
    }

    private static TopicSpec large(TopicSpec spec) {
        return spec.with("max.message.bytes", Integer.toString(Clients.RECORD_BYTES_MAX));
    }
}
