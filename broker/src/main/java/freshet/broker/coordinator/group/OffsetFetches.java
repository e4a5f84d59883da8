package freshet.broker.coordinator.group;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopics;

/**
 * Answers OffsetFetch for one group. Offsets are answered only once they are committed, so {@code requireStable} (no
 * pending transactions) holds of itself; an offset committed for an earlier topic of the name is none.
 */
final class OffsetFetches {
    private static final long NO_OFFSET = -1;

    private final Groups groups;
    private final TopicIds topicIds;

    OffsetFetches(Groups groups, TopicIds topicIds) {
        this.groups = groups;
        this.topicIds = topicIds;
    }

    OffsetFetchResponseGroup fetch(OffsetFetchRequestGroup request) {
        Group group = groups.get(request.groupId());
        Offsets offsets = group == null ? new Offsets() : group.offsets;
        List<OffsetFetchResponseTopics> topics = new ArrayList<>();
        if (request.topics() == null) {
            for (String topic : offsets.topics()) {
                topics.add(all(offsets, topic));
            }
        } else {
            for (OffsetFetchRequestTopics topic : request.topics()) {
                topics.add(some(offsets, topic));
            }
        }
        topics.removeIf(topic -> request.topics() == null && topic.partitions().isEmpty());
        return new OffsetFetchResponseGroup().setGroupId(request.groupId()).setTopics(topics);
    }

    private OffsetFetchResponseTopics all(Offsets offsets, String topic) {
        Uuid current = topicIds.idOf(topic);
        List<OffsetFetchResponsePartitions> partitions = new ArrayList<>();
        offsets.of(topic).forEach((partition, offset) -> {
            if (offset.isOf(current)) {
                partitions.add(found(partition, offset));
            }
        });
        return new OffsetFetchResponseTopics()
                .setName(topic)
                .setTopicId(current)
                .setPartitions(partitions);
    }

    private OffsetFetchResponseTopics some(Offsets offsets, OffsetFetchRequestTopics topic) {
        Uuid current = topicIds.idOf(topic.name());
        List<OffsetFetchResponsePartitions> partitions =
                new ArrayList<>(topic.partitionIndexes().size());
        for (int partition : topic.partitionIndexes()) {
            CommittedOffset offset = offsets.get(topic.name(), partition);
            partitions.add(offset != null && offset.isOf(current) ? found(partition, offset) : none(partition));
        }
        return new OffsetFetchResponseTopics()
                .setName(topic.name())
                .setTopicId(topic.topicId())
                .setPartitions(partitions);
    }

    private static OffsetFetchResponsePartitions found(int partition, CommittedOffset offset) {
        return new OffsetFetchResponsePartitions()
                .setPartitionIndex(partition)
                .setCommittedOffset(offset.offset())
                .setCommittedLeaderEpoch(offset.leaderEpoch())
                .setMetadata(offset.metadata());
    }

    private static OffsetFetchResponsePartitions none(int partition) {
        return new OffsetFetchResponsePartitions()
                .setPartitionIndex(partition)
                .setCommittedOffset(NO_OFFSET)
                .setCommittedLeaderEpoch(-1)
                .setMetadata("");
    }
}
