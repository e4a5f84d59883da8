package freshet.broker.handlers;

import freshet.broker.coordinator.group.GroupCoordinator;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.TopicImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.OffsetCommitRequestData;
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
        if (request.groupId().isEmpty()) {
            return CompletableFuture.completedFuture(GroupCoordinator.refusal(request, Errors.INVALID_GROUP_ID));
        }
        ClusterImage image = metadata.image();
        List<OffsetCommitRequestTopic> known = new ArrayList<>(request.topics().size());
        List<OffsetCommitRequestTopic> unknown = new ArrayList<>();
        for (OffsetCommitRequestTopic topic : request.topics()) {
            Optional<TopicImage> found = byId ? image.topic(topic.topicId()) : image.topic(topic.name());
            found.ifPresent(there -> topic.setName(there.name()).setTopicId(there.id()));
            (found.isPresent() ? known : unknown).add(topic);
        }
        OffsetCommitRequestData committable = request.duplicate().setTopics(known);
        Errors error = byId ? Errors.UNKNOWN_TOPIC_ID : Errors.UNKNOWN_TOPIC_OR_PARTITION;
        List<OffsetCommitResponseTopic> refused = GroupCoordinator.refusal(
                        request.duplicate().setTopics(unknown), error)
                .topics();
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(new OffsetCommitResponseData().setTopics(refused));
        }
        return groups.commit(committable).thenApply(response -> {
            List<OffsetCommitResponseTopic> all = new ArrayList<>(response.topics());
            all.addAll(refused);
            return response.setTopics(all);
        });
    }
}
