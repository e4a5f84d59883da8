package freshet.broker.handlers;

import freshet.broker.coordinator.group.GroupCoordinator;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.TopicImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartition;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopic;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopics;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Fetches committed offsets: of one group, from version 8 on of several; from version 10 on by topic id. */
final class OffsetFetchHandler implements RequestHandler<OffsetFetchRequestData> {
    private static final short GROUP_ERROR = 2;
    private static final short BATCHED = 8;
    private static final short BY_ID = 10;

    private final MetadataStore metadata;
    private final GroupCoordinator groups;

    OffsetFetchHandler(MetadataStore metadata, GroupCoordinator groups) {
        this.metadata = metadata;
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.OFFSET_FETCH;
    }

    @Override
    public CompletableFuture<OffsetFetchResponseData> handle(RequestContext context, OffsetFetchRequestData request) {
        short version = context.apiVersion();
        if (version < BATCHED) {
            return groups.fetch(single(request)).thenApply(group -> single(request, group, version));
        }
        List<CompletableFuture<OffsetFetchResponseGroup>> fetched = new ArrayList<>();
        for (OffsetFetchRequestGroup group : request.groups()) {
            fetched.add(version >= BY_ID ? fetchById(group) : groups.fetch(group));
        }
        return CompletableFuture.allOf(fetched.toArray(CompletableFuture[]::new))
                .thenApply(ignored -> new OffsetFetchResponseData()
                        .setGroups(fetched.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<OffsetFetchResponseGroup> fetchById(OffsetFetchRequestGroup group) {
        if (group.topics() == null) {
            return groups.fetch(group).thenApply(all -> {
                // What is there for a topic that is gone cannot be said without its id.
                all.topics().removeIf(topic -> nameOf(topic.topicId()).isEmpty());
                return all;
            });
        }
        List<OffsetFetchRequestTopics> known = new ArrayList<>();
        List<OffsetFetchResponseTopics> unknown = new ArrayList<>();
        for (OffsetFetchRequestTopics topic : group.topics()) {
            nameOf(topic.topicId())
                    .ifPresentOrElse(name -> known.add(topic.setName(name)), () -> unknown.add(unknown(topic)));
        }
        return groups.fetch(group.duplicate().setTopics(known)).thenApply(fetched -> {
            List<OffsetFetchResponseTopics> all = new ArrayList<>(fetched.topics());
            all.addAll(unknown);
            return fetched.setTopics(all);
        });
    }

    private Optional<String> nameOf(Uuid topicId) {
        return metadata.image().topic(topicId).map(TopicImage::name);
    }

    private static OffsetFetchResponseTopics unknown(OffsetFetchRequestTopics topic) {
        return new OffsetFetchResponseTopics()
                .setTopicId(topic.topicId())
                .setPartitions(topic.partitionIndexes().stream()
                        .map(index -> new OffsetFetchResponsePartitions()
                                .setPartitionIndex(index)
                                .setCommittedOffset(-1)
                                .setMetadata("")
                                .setErrorCode(Errors.UNKNOWN_TOPIC_ID.code()))
                        .toList());
    }

    private static OffsetFetchRequestGroup single(OffsetFetchRequestData request) {
        OffsetFetchRequestGroup group = new OffsetFetchRequestGroup().setGroupId(request.groupId());
        return request.topics() == null
                ? group.setTopics(null)
                : group.setTopics(request.topics().stream()
                        .map(topic -> new OffsetFetchRequestTopics()
                                .setName(topic.name())
                                .setPartitionIndexes(topic.partitionIndexes()))
                        .toList());
    }

    private static OffsetFetchResponseData single(
            OffsetFetchRequestData request, OffsetFetchResponseGroup group, short version) {
        boolean failed = group.errorCode() != Errors.NONE.code();
        if (failed && version < GROUP_ERROR) {
            return failed(request, group.errorCode());
        }
        return new OffsetFetchResponseData()
                .setErrorCode(group.errorCode())
                .setTopics(group.topics().stream()
                        .map(topic -> new OffsetFetchResponseTopic()
                                .setName(topic.name())
                                .setPartitions(topic.partitions().stream()
                                        .map(OffsetFetchHandler::single)
                                        .toList()))
                        .toList());
    }

    private static OffsetFetchResponsePartition single(OffsetFetchResponsePartitions partition) {
        return new OffsetFetchResponsePartition()
                .setPartitionIndex(partition.partitionIndex())
                .setCommittedOffset(partition.committedOffset())
                .setCommittedLeaderEpoch(partition.committedLeaderEpoch())
                .setMetadata(partition.metadata())
                .setErrorCode(partition.errorCode());
    }

    /** The first version has no place for an error but the partitions. */
    private static OffsetFetchResponseData failed(OffsetFetchRequestData request, short error) {
        List<OffsetFetchResponseTopic> topics = new ArrayList<>();
        for (OffsetFetchRequestTopic topic : request.topics()) {
            topics.add(new OffsetFetchResponseTopic()
                    .setName(topic.name())
                    .setPartitions(topic.partitionIndexes().stream()
                            .map(index -> new OffsetFetchResponsePartition()
                                    .setPartitionIndex(index)
                                    .setCommittedOffset(-1)
                                    .setMetadata("")
                                    .setErrorCode(error))
                            .toList()));
        }
        return new OffsetFetchResponseData().setTopics(topics);
    }
}
