package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupState.EMPTY;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Reply;
import freshet.broker.coordinator.group.GroupRecord.GenerationRecord;
import freshet.broker.coordinator.group.GroupRecord.OffsetRecord;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponsePartition;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponsePartitionCollection;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponseTopic;
import org.apache.kafka.common.message.OffsetDeleteResponseData.OffsetDeleteResponseTopicCollection;
import org.apache.kafka.common.protocol.Errors;

/** Answers DeleteGroups and OffsetDelete: tombstones, for what nobody uses. */
final class Deletions {
    private final Groups groups;

    Deletions(Groups groups) {
        this.groups = groups;
    }

    void deleteGroup(String groupId, Reply<Errors> reply, Decision<GroupRecord> decision) {
        Group group = groups.get(groupId);
        if (group == null) {
            decision.answer(reply, groupId.isEmpty() ? Errors.INVALID_GROUP_ID : Errors.GROUP_ID_NOT_FOUND);
        } else if (!group.is(EMPTY)) {
            decision.answer(reply, Errors.NON_EMPTY_GROUP);
        } else {
            for (String topic : group.offsets.topics()) {
                forget(group, topic, decision);
            }
            decision.append(new GenerationRecord(groupId, null));
            decision.answer(reply, Errors.NONE);
        }
    }

    void deleteOffsets(
            OffsetDeleteRequestData request, Reply<OffsetDeleteResponseData> reply, Decision<GroupRecord> decision) {
        Group group = groups.get(request.groupId());
        if (group == null) {
            boolean unnamed = request.groupId().isEmpty();
            decision.refuse(reply, unnamed ? Errors.INVALID_GROUP_ID : Errors.GROUP_ID_NOT_FOUND);
            return;
        }
        Optional<Set<String>> subscribed = Subscriptions.of(group);
        if (subscribed.isEmpty()) {
            decision.refuse(reply, Errors.NON_EMPTY_GROUP);
            return;
        }
        OffsetDeleteResponseTopicCollection topics = new OffsetDeleteResponseTopicCollection();
        for (OffsetDeleteRequestTopic topic : request.topics()) {
            boolean inUse = subscribed.get().contains(topic.name());
            OffsetDeleteResponsePartitionCollection partitions = new OffsetDeleteResponsePartitionCollection();
            for (OffsetDeleteRequestPartition partition : topic.partitions()) {
                Errors error = inUse ? Errors.GROUP_SUBSCRIBED_TO_TOPIC : Errors.NONE;
                if (!inUse && group.offsets.get(topic.name(), partition.partitionIndex()) != null) {
                    decision.append(new OffsetRecord(group.id, topic.name(), partition.partitionIndex(), null));
                }
                partitions.add(new OffsetDeleteResponsePartition()
                        .setPartitionIndex(partition.partitionIndex())
                        .setErrorCode(error.code()));
            }
            topics.add(new OffsetDeleteResponseTopic().setName(topic.name()).setPartitions(partitions));
        }
        decision.answer(reply, new OffsetDeleteResponseData().setTopics(topics));
    }

    /** Forgets what the group has committed for the topic. */
    void forget(Group group, String topic, Decision<GroupRecord> decision) {
        for (int partition : group.offsets.of(topic).keySet()) {
            decision.append(new OffsetRecord(group.id, topic, partition, null));
        }
    }
}
