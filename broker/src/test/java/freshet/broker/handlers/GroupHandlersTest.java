package freshet.broker.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import freshet.broker.coordinator.group.GroupConfig;
import freshet.broker.coordinator.group.GroupService;
import freshet.broker.log.FileOpener;
import freshet.broker.metadata.TopicImage;
import freshet.broker.partition.Partitions;
import freshet.broker.partition.StorageConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every group API at every version, through the codec both ways, on a log on disk. */
class GroupHandlersTest {
    private static final String GROUP = "readers";
    private static final byte[] ASSIGNMENT = {1, 2, 3};

    @TempDir
    Path directory;

    private Partitions partitions;
    private MemoryMetadata metadata;
    private GroupService groups;
    private Map<ApiKeys, RequestHandler<?>> handlers;
    private Uuid postsId;

    @BeforeEach
    void start() throws IOException {
        open(Map.of());
        metadata.createTopic("posts", List.of(List.of(MemoryMetadata.BROKER)), Map.of());
        postsId = metadata.image().topic("posts").orElseThrow().id();
    }

    private void open(Map<String, TopicImage> topics) throws IOException {
        partitions = new Partitions(
                StorageConfig.parse(Map.of("log.dirs", directory.toString())),
                InstantSource.system(),
                FileOpener.DEFAULT,
                new SimpleMeterRegistry());
        partitions.start();
        metadata = new MemoryMetadata(partitions, topics);
        GroupConfig config =
                GroupConfig.parse(Map.of("offsets.topic.num.partitions", "5", "group.initial.rebalance.delay.ms", "0"));
        groups = new GroupService(MemoryMetadata.BROKER, config, metadata, partitions, InstantSource.system());
        groups.start();
        handlers = GroupHandlers.of(groups, metadata).stream()
                .collect(Collectors.toMap(RequestHandler::key, handler -> handler));
        await().until(groups::ready);
    }

    @AfterEach
    void stop() {
        groups.close();
        partitions.close();
    }

    /** Sends the request as bytes of the version that comes nearest, and reads the answer from bytes. */
    @SuppressWarnings("unchecked")
    private <T extends ApiMessage> T call(int version, ApiMessage request, Class<T> type) {
        ApiKeys key = ApiKeys.forId(request.apiKey());
        RequestHandler<ApiMessage> handler = (RequestHandler<ApiMessage>) handlers.get(key);
        short spoken = nearest(handler, version);
        try {
            ApiMessage received = key.messageType.newRequest();
            received.read(copy(request, spoken), spoken);
            RequestContext context = new RequestContext(
                    key,
                    spoken,
                    1,
                    "client",
                    "connection",
                    InetAddress.getLoopbackAddress(),
                    "PLAINTEXT",
                    KafkaPrincipal.ANONYMOUS);
            ApiMessage response = handler.handle(context, received).get(5, TimeUnit.SECONDS);
            ApiMessage answered = key.messageType.newResponse();
            answered.read(copy(response, spoken), spoken);
            return type.cast(answered);
        } catch (Exception e) {
            throw new AssertionError(key + " v" + spoken, e);
        }
    }

    private static ByteBufferAccessor copy(ApiMessage message, short version) {
        return MessageUtil.toByteBufferAccessor(message, version);
    }

    private static short nearest(RequestHandler<?> handler, int version) {
        return (short) Math.max(handler.minVersion(), Math.min(handler.maxVersion(), version));
    }

    private short spoken(ApiKeys key, int version) {
        return nearest(handlers.get(key), version);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aConsumersLife(int version) throws IOException {
        findsItsCoordinator(version);
        JoinGroupResponseData joined = joins(version);
        int generation = joined.generationId();
        String member = joined.memberId();
        assertThat(joined.leader()).isEqualTo(member);

        SyncGroupResponseData synced = call(
                version,
                new SyncGroupRequestData()
                        .setGroupId(GROUP)
                        .setMemberId(member)
                        .setGenerationId(generation)
                        .setAssignments(List.of(new SyncGroupRequestAssignment()
                                .setMemberId(member)
                                .setAssignment(ASSIGNMENT))),
                SyncGroupResponseData.class);
        assertThat(synced.errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(synced.assignment()).isEqualTo(ASSIGNMENT);
        assertThat(heartbeat(version, member, generation)).isEqualTo(Errors.NONE);
        assertThat(commits(version, member, generation, 42)).isEqualTo(Errors.NONE);
        assertThat(committed(version)).isEqualTo(42);
        assertThat(describe(version).groupState()).isEqualTo("Stable");
        assertThat(describe(version).members())
                .singleElement()
                .satisfies(described -> assertThat(described.memberAssignment()).isEqualTo(ASSIGNMENT));

        restart();

        assertThat(heartbeat(version, member, generation)).isEqualTo(Errors.NONE);
        assertThat(committed(version)).isEqualTo(42);
        assertThat(commits(version, member, generation, 43)).isEqualTo(Errors.NONE);
        assertThat(call(version, new ListGroupsRequestData(), ListGroupsResponseData.class)
                        .groups())
                .singleElement()
                .satisfies(listed -> assertThat(listed.groupId()).isEqualTo(GROUP));
        leaves(version, member);
        deletes(version);
        assertThat(committed(version)).isEqualTo(-1);
    }

    private void restart() throws IOException {
        var topics = new HashMap<>(metadata.image().topics());
        stop();
        open(topics);
    }

    private void findsItsCoordinator(int version) {
        FindCoordinatorRequestData request = new FindCoordinatorRequestData();
        boolean batched = spoken(ApiKeys.FIND_COORDINATOR, version) >= 4;
        FindCoordinatorResponseData found = call(
                version,
                batched ? request.setCoordinatorKeys(List.of(GROUP)) : request.setKey(GROUP),
                FindCoordinatorResponseData.class);
        int port = batched ? found.coordinators().get(0).port() : found.port();
        assertThat(port).isEqualTo(9092);
        await().until(groups::ready);
    }

    private JoinGroupResponseData joins(int version) {
        JoinGroupRequestData request = new JoinGroupRequestData()
                .setGroupId(GROUP)
                .setProtocolType("consumer")
                .setSessionTimeoutMs(10_000);
        if (spoken(ApiKeys.JOIN_GROUP, version) >= 1) {
            request.setRebalanceTimeoutMs(10_000);
        }
        request.protocols().add(new JoinGroupRequestProtocol().setName("range").setMetadata(new byte[] {0, 1}));
        JoinGroupResponseData joined = call(version, request, JoinGroupResponseData.class);
        if (joined.errorCode() == Errors.MEMBER_ID_REQUIRED.code()) {
            joined = call(version, request.setMemberId(joined.memberId()), JoinGroupResponseData.class);
        }
        assertThat(joined.errorCode()).isEqualTo(Errors.NONE.code());
        return joined;
    }

    private Errors heartbeat(int version, String member, int generation) {
        HeartbeatRequestData request =
                new HeartbeatRequestData().setGroupId(GROUP).setMemberId(member).setGenerationId(generation);
        return Errors.forCode(
                call(version, request, HeartbeatResponseData.class).errorCode());
    }

    private Errors commits(int version, String member, int generation, long offset) {
        boolean byId = spoken(ApiKeys.OFFSET_COMMIT, version) >= 10;
        OffsetCommitRequestTopic topic = new OffsetCommitRequestTopic()
                .setPartitions(List.of(new OffsetCommitRequestPartition()
                        .setPartitionIndex(0)
                        .setCommittedOffset(offset)
                        .setCommittedMetadata("note")));
        OffsetCommitRequestData request = new OffsetCommitRequestData()
                .setGroupId(GROUP)
                .setMemberId(member)
                .setGenerationIdOrMemberEpoch(generation)
                .setTopics(List.of(byId ? topic.setTopicId(postsId) : topic.setName("posts")));
        return Errors.forCode(call(version, request, OffsetCommitResponseData.class)
                .topics()
                .get(0)
                .partitions()
                .get(0)
                .errorCode());
    }

    private long committed(int version) {
        short spoken = spoken(ApiKeys.OFFSET_FETCH, version);
        OffsetFetchRequestData request = new OffsetFetchRequestData();
        if (spoken < 8) {
            request.setGroupId(GROUP)
                    .setTopics(List.of(
                            new OffsetFetchRequestTopic().setName("posts").setPartitionIndexes(List.of(0))));
            OffsetFetchResponseData fetched = call(version, request, OffsetFetchResponseData.class);
            return fetched.topics().get(0).partitions().get(0).committedOffset();
        }
        OffsetFetchRequestTopics topic = new OffsetFetchRequestTopics().setPartitionIndexes(List.of(0));
        request.setGroups(List.of(new OffsetFetchRequestGroup()
                .setGroupId(GROUP)
                .setTopics(List.of(spoken >= 10 ? topic.setTopicId(postsId) : topic.setName("posts")))));
        OffsetFetchResponseData fetched = call(version, request, OffsetFetchResponseData.class);
        return fetched.groups().get(0).topics().get(0).partitions().get(0).committedOffset();
    }

    private DescribedGroup describe(int version) {
        return call(
                        version,
                        new DescribeGroupsRequestData().setGroups(List.of(GROUP)),
                        DescribeGroupsResponseData.class)
                .groups()
                .get(0);
    }

    private void leaves(int version, String member) {
        LeaveGroupRequestData request = new LeaveGroupRequestData().setGroupId(GROUP);
        boolean batched = spoken(ApiKeys.LEAVE_GROUP, version) >= 3;
        LeaveGroupResponseData left = call(
                version,
                batched
                        ? request.setMembers(List.of(new MemberIdentity().setMemberId(member)))
                        : request.setMemberId(member),
                LeaveGroupResponseData.class);
        assertThat(left.errorCode()).isEqualTo(Errors.NONE.code());
    }

    private void deletes(int version) {
        DeleteGroupsResponseData deleted = call(
                version,
                new DeleteGroupsRequestData().setGroupsNames(List.of(GROUP, GROUP)),
                DeleteGroupsResponseData.class);
        assertThat(deleted.results())
                .singleElement()
                .satisfies(result -> assertThat(result.errorCode()).isEqualTo(Errors.NONE.code()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatIsNotThereIsSaidInEveryVersion(int version) {
        findsItsCoordinator(version);

        assertThat(heartbeat(version, "nobody", 1)).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
        assertThat(commits(version, "nobody", 1, 1)).isEqualTo(Errors.ILLEGAL_GENERATION);
        assertThat(committed(version)).isEqualTo(-1);
        assertThat(describe(version).groupState()).isEqualTo("Dead");
        assertThat(describe(version).errorCode())
                .isEqualTo((version >= 6 ? Errors.GROUP_ID_NOT_FOUND : Errors.NONE).code());
        postsId = Uuid.randomUuid();
        if (version >= 10) {
            assertThat(commits(version, "", -1, 1)).isEqualTo(Errors.UNKNOWN_TOPIC_ID);
        }
    }

    @Test
    void offsetsOfPartitionsThatDoNotExistAreRefused() {
        findsItsCoordinator(9);
        OffsetCommitRequestData request = new OffsetCommitRequestData()
                .setGroupId(GROUP)
                .setTopics(List.of(new OffsetCommitRequestTopic()
                        .setName("posts")
                        .setPartitions(List.of(
                                new OffsetCommitRequestPartition()
                                        .setPartitionIndex(0)
                                        .setCommittedOffset(1),
                                new OffsetCommitRequestPartition()
                                        .setPartitionIndex(7)
                                        .setCommittedOffset(1),
                                new OffsetCommitRequestPartition()
                                        .setPartitionIndex(-1)
                                        .setCommittedOffset(1)))));

        OffsetCommitResponseData response = call(9, request, OffsetCommitResponseData.class);

        Map<Integer, Errors> errors = new HashMap<>();
        response.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(partition ->
                                errors.put(partition.partitionIndex(), Errors.forCode(partition.errorCode()))));
        assertThat(errors)
                .containsEntry(0, Errors.NONE)
                .containsEntry(7, Errors.UNKNOWN_TOPIC_OR_PARTITION)
                .containsEntry(-1, Errors.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void beforeTheOffsetsTopicExistsNobodyIsCoordinator() {
        assertThat(heartbeat(4, "nobody", 1)).isEqualTo(Errors.NOT_COORDINATOR);
    }

    @Test
    void transactionsAreRefusedWithAReason() {
        FindCoordinatorResponseData found = call(
                6,
                new FindCoordinatorRequestData().setKeyType((byte) 1).setCoordinatorKeys(List.of("tx")),
                FindCoordinatorResponseData.class);

        assertThat(found.coordinators().get(0).errorCode()).isEqualTo(Errors.UNSUPPORTED_VERSION.code());
        assertThat(found.coordinators().get(0).errorMessage()).contains("transactional.id");
    }

    @Test
    void groupsOfAnEmptyNameAreRefused() {
        FindCoordinatorResponseData found = call(
                6, new FindCoordinatorRequestData().setCoordinatorKeys(List.of("")), FindCoordinatorResponseData.class);

        assertThat(found.coordinators().get(0).errorCode()).isEqualTo(Errors.INVALID_GROUP_ID.code());
    }

    @Test
    void aDeletedTopicTakesItsOffsetsAlong() {
        findsItsCoordinator(6);
        commits(9, "", -1, 42);
        assertThat(committed(9)).isEqualTo(42);

        metadata.deleteTopic(postsId);

        // The coordinator hears of it on a thread of its own.
        await().untilAsserted(() -> assertThat(committed(9)).isEqualTo(-1));
    }
}
