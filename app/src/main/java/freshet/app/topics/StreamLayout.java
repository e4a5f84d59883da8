package freshet.app.topics;

import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.TopicSpec;
import freshet.trends.job.TrendsTopics;
import java.util.ArrayList;
import java.util.List;

/** Which topics a stream has: those of ingest and those of trends. */
public final class StreamLayout {

    private StreamLayout() {}

    /**
     * The topics of a stream.
     *
     * @param partitions of {@code posts} and {@code hashtag-uses}
     */
    public static List<TopicSpec> specs(int partitions) {
        List<TopicSpec> specs = new ArrayList<>();
        specs.add(PostsTopic.POSTS_SPEC.withPartitions(partitions));
        specs.add(PostsTopic.REJECTED_SPEC);
        specs.addAll(TrendsTopics.specs(partitions));
        return specs;
    }

    /**
     * The topics of a stream that may exist already: with as many partitions as were asked for or, where nobody asks, as
     * {@code posts} has or would get.
     *
     * @param asked or null
     */
    public static List<TopicSpec> specs(StreamTopics topics, Integer asked) throws InterruptedException {
        if (asked != null) {
            return specs(asked);
        }
        int existing = topics.partitions(PostsTopic.POSTS);
        return specs(existing > 0 ? existing : PostsTopic.POSTS_SPEC.partitions());
    }
}
