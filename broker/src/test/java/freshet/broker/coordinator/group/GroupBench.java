package freshet.broker.coordinator.group;

import freshet.broker.coordinator.CoordinatorRuntime;
import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.ManualLoop;
import freshet.broker.coordinator.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/** A coordinator without a broker: requests in, answers and records out, time by hand. */
final class GroupBench {
    static final String GROUP = "g";
    static final int SESSION_MS = 10_000;
    static final int REBALANCE_MS = 60_000;
    static final int DELAY_MS = 100;
    static final short NEWEST = 9;

    final ManualLoop loop = new ManualLoop();
    final MemoryLog log = new MemoryLog();
    final Map<String, Uuid> topics = new HashMap<>();
    private final GroupConfig config;
    private CoordinatorRuntime<GroupMachine, GroupRecord> runtime;
    private GroupMachine machine;
    private int ids;

    GroupBench() {
        this(Map.of());
    }

    GroupBench(Map<String, String> settings) {
        config = GroupConfig.parse(settings);
        start();
    }

    private void start() {
        runtime = new CoordinatorRuntime<>("groups", loop, Runnable::run, timers -> {
            machine = new GroupMachine(
                    config, timers, topic -> topics.getOrDefault(topic, Uuid.ZERO_UUID), () -> "id" + ids++);
            return machine;
        });
        runtime.lead(0, log);
        loop.drain();
    }

    /** Loses everything but the log, without a farewell. */
    void crash() {
        runtime.close();
        loop.drain();
        start();
    }

    void close() {
        runtime.close();
        loop.drain();
    }

    GroupMachine machine() {
        return machine;
    }

    /** A second machine, made from nothing but the log. */
    GroupMachine replayed() {
        GroupMachine fresh = new GroupMachine(config, new SilentTimers(), topic -> Uuid.ZERO_UUID, () -> "unused");
        log.replay(fresh::replay);
        return fresh;
    }

    <T> CompletableFuture<T> step(Reply<T> reply, BiConsumer<GroupMachine, Decision<GroupRecord>> step) {
        runtime.step(0, reply, step);
        loop.drain();
        return reply.future();
    }

    static JoinGroupRequestData joinRequest(String memberId, String instanceId, String... protocols) {
        JoinGroupRequestData request = new JoinGroupRequestData()
                .setGroupId(GROUP)
                .setMemberId(memberId)
                .setGroupInstanceId(instanceId)
                .setProtocolType("consumer")
                .setSessionTimeoutMs(SESSION_MS)
                .setRebalanceTimeoutMs(REBALANCE_MS);
        for (String protocol : protocols.length == 0 ? new String[] {"range"} : protocols) {
            request.protocols()
                    .add(new JoinGroupRequestProtocol().setName(protocol).setMetadata(bytes("subscription")));
        }
        return request;
    }

    CompletableFuture<JoinGroupResponseData> join(JoinGroupRequestData request, int version) {
        Reply<JoinGroupResponseData> reply = Reply.of(error -> Joining.refusal(request.memberId(), error));
        Caller caller = new Caller("client", "/127.0.0.1", (short) version);
        return step(reply, (m, decision) -> m.join(request, caller, reply, decision));
    }

    /** A dynamic member's first join, both ways of it (KIP-394). */
    CompletableFuture<JoinGroupResponseData> joinNew(String... protocols) {
        String id = join(joinRequest("", null, protocols), NEWEST).join().memberId();
        return rejoin(id, protocols);
    }

    CompletableFuture<JoinGroupResponseData> joinStatic(String instanceId) {
        return join(joinRequest("", instanceId), NEWEST);
    }

    CompletableFuture<JoinGroupResponseData> rejoin(String memberId, String... protocols) {
        return join(joinRequest(memberId, null, protocols), NEWEST);
    }

    CompletableFuture<SyncGroupResponseData> sync(String memberId, int generation, String... assignedMembers) {
        return sync(
                memberId,
                generation,
                Arrays.stream(assignedMembers)
                        .map(each -> new SyncGroupRequestAssignment()
                                .setMemberId(each)
                                .setAssignment(bytes("for " + each)))
                        .toList());
    }

    CompletableFuture<SyncGroupResponseData> sync(
            String memberId, int generation, List<SyncGroupRequestAssignment> assignments) {
        SyncGroupRequestData request = new SyncGroupRequestData()
                .setGroupId(GROUP)
                .setMemberId(memberId)
                .setGenerationId(generation)
                .setProtocolType("consumer")
                .setAssignments(assignments);
        Reply<SyncGroupResponseData> reply = Reply.of(error -> new SyncGroupResponseData().setErrorCode(error.code()));
        return step(reply, (m, decision) -> m.sync(request, reply, decision));
    }

    Errors heartbeat(String memberId, int generation) {
        return heartbeat(memberId, null, generation);
    }

    Errors heartbeat(String memberId, String instanceId, int generation) {
        HeartbeatRequestData request = new HeartbeatRequestData()
                .setGroupId(GROUP)
                .setMemberId(memberId)
                .setGroupInstanceId(instanceId)
                .setGenerationId(generation);
        Reply<Errors> reply = Reply.of(error -> error);
        return step(reply, (m, decision) -> m.heartbeat(request, reply, decision))
                .join();
    }

    LeaveGroupResponseData leave(MemberIdentity... identities) {
        LeaveGroupRequestData request =
                new LeaveGroupRequestData().setGroupId(GROUP).setMembers(List.of(identities));
        Reply<LeaveGroupResponseData> reply =
                Reply.of(error -> new LeaveGroupResponseData().setErrorCode(error.code()));
        return step(reply, (m, decision) -> m.leave(request, reply, decision)).join();
    }

    Errors leave(String memberId) {
        return Errors.forCode(leave(new MemberIdentity().setMemberId(memberId))
                .members()
                .get(0)
                .errorCode());
    }

    static OffsetCommitRequestData commitRequest(String memberId, int generation, long offset, String metadata) {
        return new OffsetCommitRequestData()
                .setGroupId(GROUP)
                .setMemberId(memberId)
                .setGenerationIdOrMemberEpoch(generation)
                .setTopics(List.of(new OffsetCommitRequestTopic()
                        .setName("posts")
                        .setPartitions(List.of(new OffsetCommitRequestPartition()
                                .setPartitionIndex(0)
                                .setCommittedOffset(offset)
                                .setCommittedMetadata(metadata)))));
    }

    CompletableFuture<OffsetCommitResponseData> commit(OffsetCommitRequestData request) {
        Reply<OffsetCommitResponseData> reply = Reply.of(error -> GroupCoordinator.refusal(request, error));
        return step(reply, (m, decision) -> m.commit(request, reply, decision));
    }

    Errors commit(String memberId, int generation, long offset) {
        return error(commit(commitRequest(memberId, generation, offset, "")).join());
    }

    static Errors error(OffsetCommitResponseData response) {
        return Errors.forCode(response.topics().get(0).partitions().get(0).errorCode());
    }

    OffsetFetchResponsePartitions fetch(String topic, int partition) {
        OffsetFetchRequestGroup request = new OffsetFetchRequestGroup()
                .setGroupId(GROUP)
                .setTopics(
                        List.of(new OffsetFetchRequestTopics().setName(topic).setPartitionIndexes(List.of(partition))));
        return fetch(request).topics().get(0).partitions().get(0);
    }

    OffsetFetchResponseGroup fetch(OffsetFetchRequestGroup request) {
        Reply<OffsetFetchResponseGroup> reply =
                Reply.of(error -> new OffsetFetchResponseGroup().setErrorCode(error.code()));
        return step(reply, (m, decision) -> m.fetch(request, reply, decision)).join();
    }

    DescribedGroup describe() {
        Reply<DescribedGroup> reply = Reply.of(error -> new DescribedGroup().setErrorCode(error.code()));
        return step(reply, (m, decision) -> m.describe(GROUP, (short) 6, reply, decision))
                .join();
    }

    Errors deleteGroup() {
        Reply<Errors> reply = Reply.of(error -> error);
        return step(reply, (m, decision) -> m.deleteGroup(GROUP, reply, decision))
                .join();
    }

    /** Two dynamic members in a stable group; the first leads. */
    List<String> stablePair() {
        CompletableFuture<JoinGroupResponseData> first = joinNew();
        CompletableFuture<JoinGroupResponseData> second = joinNew();
        loop.advance(2 * DELAY_MS);
        String leader = first.join().memberId();
        String follower = second.join().memberId();
        sync(leader, 1, leader, follower);
        sync(follower, 1);
        return List.of(leader, follower);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
