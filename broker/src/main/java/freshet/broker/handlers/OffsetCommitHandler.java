package freshet.broker.handlers;

import freshet.broker.coordinator.group.GroupCoordinator;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.TopicImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Commits offsets: by topic name, from version 10 on by topic id. */
final class OffsetCommitHandler implements RequestHandler<OffsetCommitRequestData> {
    private static final short BY_ID = 10;

    private final MetadataStore metadata;
    private final GroupCoordinator groups;

    OffsetCommitHandler(MetadataStore metadata, GroupCoordinator groups) {
        this.metadata = metadata;
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.OFFSET_COMMIT;
    }

    @Override
    public CompletableFuture<OffsetCommitResponseData> handle(RequestContext context, OffsetCommitRequestData request) {
        boolean byId = context.apiVersion() >= BY_ID;
        ClusterImage image = metadata.image();
        List<OffsetCommitRequestTopic> there = new ArrayList<>(request.topics().size());
        List<OffsetCommitResponseTopic> refused = new ArrayList<>();
        for (OffsetCommitRequestTopic topic : request.topics()) {
            Optional<TopicImage> found = byId ? image.topic(topic.topicId()) : image.topic(topic.name());
            if (found.isEmpty()) {
                refused.add(refusal(topic, byId ? Errors.UNKNOWN_TOPIC_ID : Errors.UNKNOWN_TOPIC_OR_PARTITION));
            } else {
                split(topic.setName(found.get().name()).setTopicId(found.get().id()), found.get(), there, refused);
            }
        }
        if (there.isEmpty()) {
            return CompletableFuture.completedFuture(new OffsetCommitResponseData().setTopics(refused));
        }
        return groups.commit(request.setTopics(there)).thenApply(response -> {
            List<OffsetCommitResponseTopic> all = new ArrayList<>(response.topics());
            all.addAll(refused);
            return response.setTopics(all);
        });
    }

    /** Offsets are kept only of partitions that exist. */
    private static void split(
            OffsetCommitRequestTopic topic,
            TopicImage image,
            List<OffsetCommitRequestTopic> there,
            List<OffsetCommitResponseTopic> refused) {
        Map<Boolean, List<OffsetCommitRequestPartition>> exists = topic.partitions().stream()
                .collect(Collectors.partitioningBy(
                        partition -> image.partition(partition.partitionIndex()).isPresent()));
        if (!exists.get(true).isEmpty()) {
            there.add(topic.duplicate().setPartitions(exists.get(true)));
        }
        if (!exists.get(false).isEmpty()) {
            refused.add(refusal(topic.setPartitions(exists.get(false)), Errors.UNKNOWN_TOPIC_OR_PARTITION));
        }
    }

    private static OffsetCommitResponseTopic refusal(OffsetCommitRequestTopic topic, Errors error) {
        OffsetCommitRequestData alone = new OffsetCommitRequestData().setTopics(List.of(topic));
        return GroupCoordinator.refusal(alone, error).topics().get(0);
    }
}
