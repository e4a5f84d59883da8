package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupState.COMPLETING_REBALANCE;
import static freshet.broker.coordinator.group.GroupState.EMPTY;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Reply;
import freshet.broker.coordinator.Timers;
import freshet.broker.coordinator.group.GroupRecord.OffsetRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponsePartition;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponseTopic;
import org.apache.kafka.common.protocol.Errors;

/**
 * Answers OffsetCommit, of members and of those who only keep offsets here (no generation: consumers without
 * subscription, administrators), for whom a group need not exist. Topics come with their ids where they are known.
 */
final class OffsetCommits {
    private final GroupConfig config;
    private final Timers<GroupRecord> timers;
    private final Groups groups;
    private final Sessions sessions;

    OffsetCommits(GroupConfig config, Timers<GroupRecord> timers, Groups groups, Sessions sessions) {
        this.config = config;
        this.timers = timers;
        this.groups = groups;
        this.sessions = sessions;
    }

    void commit(
            OffsetCommitRequestData request, Reply<OffsetCommitResponseData> reply, Decision<GroupRecord> decision) {
        Group group = groups.get(request.groupId());
        Errors error = validate(group, request);
        if (error != Errors.NONE) {
            decision.refuse(reply, error);
            return;
        }
        Member member = group == null ? null : group.member(request.memberId());
        if (member != null) {
            sessions.touch(member);
        }
        long now = timers.wallClockMs();
        List<OffsetCommitResponseTopic> topics =
                new ArrayList<>(request.topics().size());
        for (OffsetCommitRequestTopic topic : request.topics()) {
            topics.add(commit(request, topic, now, decision));
        }
        decision.answer(reply, new OffsetCommitResponseData().setTopics(topics));
    }

    private static Errors validate(Group group, OffsetCommitRequestData request) {
        int generation = request.generationIdOrMemberEpoch();
        if (!Groups.isName(request.groupId())) {
            return Errors.INVALID_GROUP_ID;
        }
        if (group == null) {
            return generation < 0 ? Errors.NONE : Errors.ILLEGAL_GENERATION;
        }
        boolean saysWho = generation >= 0 || !request.memberId().isEmpty() || request.groupInstanceId() != null;
        if (!saysWho) {
            // Nobody's business but the members' while there are any.
            return group.is(EMPTY) ? Errors.NONE : Errors.UNKNOWN_MEMBER_ID;
        }
        if (generation < 0 && group.is(EMPTY)) {
            return Errors.NONE;
        }
        Errors unknown = group.check(request.memberId(), request.groupInstanceId());
        if (unknown != Errors.NONE) {
            return unknown;
        }
        if (generation != group.generation) {
            return Errors.ILLEGAL_GENERATION;
        }
        return group.is(COMPLETING_REBALANCE) ? Errors.REBALANCE_IN_PROGRESS : Errors.NONE;
    }

    private OffsetCommitResponseTopic commit(
            OffsetCommitRequestData request, OffsetCommitRequestTopic topic, long now, Decision<GroupRecord> decision) {
        long expires = request.retentionTimeMs() < 0 ? -1 : now + request.retentionTimeMs();
        List<OffsetCommitResponsePartition> partitions =
                new ArrayList<>(topic.partitions().size());
        for (OffsetCommitRequestPartition partition : topic.partitions()) {
            String metadata = partition.committedMetadata() == null ? "" : partition.committedMetadata();
            boolean tooLong = metadata.getBytes(StandardCharsets.UTF_8).length > config.maxOffsetMetadataBytes();
            if (!tooLong) {
                CommittedOffset offset = new CommittedOffset(
                        partition.committedOffset(),
                        partition.committedLeaderEpoch(),
                        metadata,
                        now,
                        expires,
                        topic.topicId());
                decision.append(new OffsetRecord(request.groupId(), topic.name(), partition.partitionIndex(), offset));
            }
            partitions.add(new OffsetCommitResponsePartition()
                    .setPartitionIndex(partition.partitionIndex())
                    .setErrorCode((tooLong ? Errors.OFFSET_METADATA_TOO_LARGE : Errors.NONE).code()));
        }
        return new OffsetCommitResponseTopic()
                .setName(topic.name())
                .setTopicId(topic.topicId())
                .setPartitions(partitions);
    }
}
