package freshet.trends.job;

import freshet.trends.contract.TrendsTopic;
import freshet.trends.runtime.Clients;
import java.util.List;
import java.util.Map;

/** The topics that the job writes and keeps its state in; they must exist before it starts. */
public final class TrendsTopics {

    private TrendsTopics() {}

    /**
     * A topic to create.
     *
     * @param name base name
     * @param configs settings by Kafka's names
     */
    public record Spec(String name, int partitions, Map<String, String> configs) {}

    /**
     * The topics of one stream. Record timestamps are event times, so that retention by time would delete what has just
     * been written; what has been read is deleted by the job itself.
     *
     * @param partitions into how many parts the tags are counted; fixed for the life of the stream
     */
    public static List<Spec> specs(int partitions) {
        Map<String, String> internal = Map.of(
                "retention.ms", "-1",
                "message.timestamp.type", "CreateTime",
                "max.message.bytes", Integer.toString(Clients.RECORD_BYTES_MAX));
        Map<String, String> open = Map.of(
                "retention.ms",
                "-1",
                "retention.bytes",
                Long.toString(4L << 30),
                "message.timestamp.type",
                "CreateTime",
                "max.message.bytes",
                Integer.toString(Clients.RECORD_BYTES_MAX));
        return List.of(
                new Spec(TrendsTopic.HASHTAG_USES, partitions, internal),
                new Spec(TrendsTopic.COUNT_STATE, partitions, internal),
                new Spec(TrendsTopic.TREND_CANDIDATES, 1, internal),
                new Spec(TrendsTopic.TRENDS, 1, open));
    }
}
