package freshet.broker.coordinator.group;

import freshet.broker.coordinator.CoordinatorRuntime;
import freshet.broker.coordinator.Loop;
import freshet.broker.coordinator.PartitionLog;
import freshet.broker.coordinator.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponsePartition;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponseTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/**
 * All groups of this broker. A request goes to the partition of its group; it is refused with NOT_COORDINATOR where that
 * is led elsewhere and with COORDINATOR_LOAD_IN_PROGRESS until its log is replayed. May be called from any thread and
 * never blocks. Messages are as in the newest version of their API; what older versions lack is the caller's matter.
 */
public final class GroupCoordinator implements AutoCloseable {
    private final CoordinatorRuntime<GroupMachine, GroupRecord> runtime;
    private final IntSupplier partitionCount;

    /**
     * @param partitionCount partitions of the offsets topic, 0 while there is none
     * @param loop runs all groups; the caller's to stop after this is closed
     * @param loader replays logs
     */
    public GroupCoordinator(
            GroupConfig config, TopicIds topicIds, IntSupplier partitionCount, Loop loop, Executor loader) {
        this.partitionCount = partitionCount;
        this.runtime = new CoordinatorRuntime<>(
                OffsetsTopic.NAME,
                loop,
                loader,
                timers -> new GroupMachine(
                        config, timers, topicIds, () -> UUID.randomUUID().toString()));
    }

    /** The partition that a group belongs to, as in Kafka. */
    public static int partitionOf(String groupId, int partitionCount) {
        int hash = groupId.hashCode();
        return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % partitionCount;
    }

    private int partitionOf(String groupId) {
        int count = partitionCount.getAsInt();
        return count == 0 ? -1 : partitionOf(groupId, count);
    }

    /** This broker leads the partition of the offsets topic from now on. */
    public void lead(int partition, PartitionLog<GroupRecord> log) {
        runtime.lead(partition, log);
    }

    /** This broker no longer leads the partition of the offsets topic. */
    public void resign(int partition) {
        runtime.resign(partition);
    }

    /** True when no log is still being replayed. */
    public boolean loaded() {
        return runtime.loaded();
    }

    public CompletableFuture<JoinGroupResponseData> join(JoinGroupRequestData request, Caller caller) {
        Reply<JoinGroupResponseData> reply = Reply.of(error -> Joining.refusal(request.memberId(), error));
        runtime.step(
                partitionOf(request.groupId()),
                reply,
                (machine, decision) -> machine.join(request, caller, reply, decision));
        return reply.future();
    }

    public CompletableFuture<SyncGroupResponseData> sync(SyncGroupRequestData request) {
        Reply<SyncGroupResponseData> reply =
                Reply.of(error -> new SyncGroupResponseData().setErrorCode(groupError(error)));
        runtime.step(
                partitionOf(request.groupId()), reply, (machine, decision) -> machine.sync(request, reply, decision));
        return reply.future();
    }

    public CompletableFuture<Errors> heartbeat(HeartbeatRequestData request) {
        // A heartbeat while groups are loaded is answered as if all were well: the member keeps its place.
        Reply<Errors> reply = Reply.of(error -> error == Errors.COORDINATOR_LOAD_IN_PROGRESS ? Errors.NONE : error);
        runtime.step(
                partitionOf(request.groupId()),
                reply,
                (machine, decision) -> machine.heartbeat(request, reply, decision));
        return reply.future();
    }

    public CompletableFuture<LeaveGroupResponseData> leave(LeaveGroupRequestData request) {
        Reply<LeaveGroupResponseData> reply =
                Reply.of(error -> new LeaveGroupResponseData().setErrorCode(groupError(error)));
        runtime.step(
                partitionOf(request.groupId()), reply, (machine, decision) -> machine.leave(request, reply, decision));
        return reply.future();
    }

    /** Commits offsets of topics that the caller has found to exist. */
    public CompletableFuture<OffsetCommitResponseData> commit(OffsetCommitRequestData request) {
        Reply<OffsetCommitResponseData> reply = Reply.of(error -> refusal(request, error));
        runtime.step(
                partitionOf(request.groupId()), reply, (machine, decision) -> machine.commit(request, reply, decision));
        return reply.future();
    }

    /** An OffsetCommit response has no error of its own: each partition says it. */
    public static OffsetCommitResponseData refusal(OffsetCommitRequestData request, Errors error) {
        Errors said = error == Errors.RECORD_LIST_TOO_LARGE ? Errors.INVALID_COMMIT_OFFSET_SIZE : error;
        List<OffsetCommitResponseTopic> topics =
                new ArrayList<>(request.topics().size());
        for (OffsetCommitRequestTopic topic : request.topics()) {
            topics.add(new OffsetCommitResponseTopic()
                    .setName(topic.name())
                    .setTopicId(topic.topicId())
                    .setPartitions(topic.partitions().stream()
                            .map(partition -> new OffsetCommitResponsePartition()
                                    .setPartitionIndex(partition.partitionIndex())
                                    .setErrorCode(said.code()))
                            .toList()));
        }
        return new OffsetCommitResponseData().setTopics(topics);
    }

    public CompletableFuture<OffsetFetchResponseGroup> fetch(OffsetFetchRequestGroup request) {
        Reply<OffsetFetchResponseGroup> reply = Reply.of(error ->
                new OffsetFetchResponseGroup().setGroupId(request.groupId()).setErrorCode(error.code()));
        if (request.groupId().isEmpty()) {
            reply.fail(Errors.INVALID_GROUP_ID);
            return reply.future();
        }
        runtime.step(
                partitionOf(request.groupId()), reply, (machine, decision) -> machine.fetch(request, reply, decision));
        return reply.future();
    }

    /** The groups of all partitions that this broker leads; an error if one of them cannot say yet. */
    public CompletableFuture<ListGroupsResponseData> list(ListGroupsRequestData request) {
        List<CompletableFuture<ListGroupsResponseData>> parts = new ArrayList<>();
        for (int partition : runtime.partitions()) {
            Reply<ListGroupsResponseData> reply = Reply.of(error -> new ListGroupsResponseData()
                    // A partition that has just moved away is listed by who leads it now.
                    .setErrorCode((error == Errors.NOT_COORDINATOR ? Errors.NONE : error).code()));
            runtime.step(partition, reply, (machine, decision) -> machine.list(request, reply, decision));
            parts.add(reply.future());
        }
        return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(ignored ->
                        merge(parts.stream().map(CompletableFuture::join).toList()));
    }

    private static ListGroupsResponseData merge(List<ListGroupsResponseData> parts) {
        ListGroupsResponseData all = new ListGroupsResponseData();
        for (ListGroupsResponseData part : parts) {
            if (part.errorCode() != Errors.NONE.code()) {
                return part;
            }
            all.groups().addAll(part.groups());
        }
        return all;
    }

    public CompletableFuture<DescribedGroup> describe(String groupId, short apiVersion) {
        Reply<DescribedGroup> reply =
                Reply.of(error -> new DescribedGroup().setGroupId(groupId).setErrorCode(error.code()));
        runtime.step(
                partitionOf(groupId),
                reply,
                (machine, decision) -> machine.describe(groupId, apiVersion, reply, decision));
        return reply.future();
    }

    public CompletableFuture<Errors> deleteGroup(String groupId) {
        Reply<Errors> reply = Reply.of(error -> error);
        runtime.step(partitionOf(groupId), reply, (machine, decision) -> machine.deleteGroup(groupId, reply, decision));
        return reply.future();
    }

    public CompletableFuture<OffsetDeleteResponseData> deleteOffsets(OffsetDeleteRequestData request) {
        Reply<OffsetDeleteResponseData> reply =
                Reply.of(error -> new OffsetDeleteResponseData().setErrorCode(error.code()));
        runtime.step(
                partitionOf(request.groupId()),
                reply,
                (machine, decision) -> machine.deleteOffsets(request, reply, decision));
        return reply.future();
    }

    /** The topic has been deleted: what groups have committed for it goes too. */
    public void forgetTopic(String topic) {
        for (int partition : runtime.partitions()) {
            Reply<Errors> nobody = Reply.of(error -> error);
            runtime.step(partition, nobody, (machine, decision) -> machine.forgetTopic(topic));
        }
    }

    /** A group whose generation does not fit into a record cannot be helped by asking again. */
    private static short groupError(Errors error) {
        return (error == Errors.RECORD_LIST_TOO_LARGE ? Errors.UNKNOWN_SERVER_ERROR : error).code();
    }

    /** Answers all who wait with NOT_COORDINATOR. */
    @Override
    public void close() {
        runtime.close();
    }
}
