package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupBench.GROUP;
import static freshet.broker.coordinator.group.GroupBench.commitRequest;
import static freshet.broker.coordinator.group.GroupBench.error;
import static org.assertj.core.api.Assertions.assertThat;

import freshet.broker.coordinator.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class GroupOffsetsTest {
    private static final long WEEK_MS = Duration.ofDays(7).toMillis();
    private static final long CHECK_MS = Duration.ofMinutes(10).toMillis();

    private final GroupBench bench = new GroupBench();

    @Test
    void whatAMemberCommitsIsThereAfterACrash() {
        List<String> pair = bench.stablePair();
        bench.commit(commitRequest(pair.get(0), 1, 42, "state\u00e9"));

        bench.crash();

        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(42);
        assertThat(bench.fetch("posts", 0).metadata()).isEqualTo("state\u00e9");
        assertThat(bench.heartbeat(pair.get(0), 1)).isEqualTo(Errors.NONE);
        assertThat(bench.heartbeat(pair.get(1), 1)).isEqualTo(Errors.NONE);
        assertThat(bench.commit(pair.get(1), 1, 43)).isEqualTo(Errors.NONE);
    }

    @Test
    void offsetsAreKeptForThoseWithoutAGroup() {
        assertThat(bench.commit("", -1, 7)).isEqualTo(Errors.NONE);

        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(7);
        assertThat(bench.describe().groupState()).isEqualTo("Empty");
    }

    @Test
    void whileAGroupHasMembersOnlyTheyCommit() {
        bench.stablePair();

        assertThat(bench.commit("", -1, 7)).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
        assertThat(bench.commit("stranger", 1, 7)).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    }

    @Test
    void aGenerationOfAGroupThatDoesNotExistIsRefused() {
        assertThat(bench.commit("stranger", 1, 7)).isEqualTo(Errors.ILLEGAL_GENERATION);
    }

    @Test
    void membersMayCommitWhileTheOthersAreAwaitedButNotBetweenJoinAndSync() {
        List<String> pair = bench.stablePair();
        CompletableFuture<JoinGroupResponseData> leader = bench.rejoin(pair.get(0));
        assertThat(bench.commit(pair.get(1), 1, 7)).isEqualTo(Errors.NONE);

        bench.rejoin(pair.get(1));

        assertThat(leader).isCompleted();
        assertThat(bench.commit(pair.get(1), 2, 8)).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
    }

    @Test
    void metadataBeyondTheLimitIsRefusedAndTheRestOfTheCommitStands() {
        OffsetCommitRequestData request = commitRequest("", -1, 7, "x".repeat(4_097));
        request.topics()
                .get(0)
                .setPartitions(List.of(
                        request.topics().get(0).partitions().get(0),
                        new OffsetCommitRequestData.OffsetCommitRequestPartition()
                                .setPartitionIndex(1)
                                .setCommittedOffset(8)));

        OffsetCommitResponseData response = bench.commit(request).join();

        assertThat(response.topics().get(0).partitions())
                .extracting(partition -> Errors.forCode(partition.errorCode()))
                .containsExactly(Errors.OFFSET_METADATA_TOO_LARGE, Errors.NONE);
        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(-1);
        assertThat(bench.fetch("posts", 1).committedOffset()).isEqualTo(8);
    }

    @Test
    void metadataMayBeLongWhereItIsAllowed() {
        GroupBench roomy = new GroupBench(Map.of("offset.metadata.max.bytes", "100000"));
        String metadata = "m".repeat(90_000);
        roomy.commit(commitRequest("", -1, 7, metadata));

        roomy.crash();

        assertThat(roomy.fetch("posts", 0).metadata()).isEqualTo(metadata);
    }

    @Test
    void aFullDiskRefusesTheCommitAndKeepsWhatWas() {
        bench.commit("", -1, 7);
        bench.log.full = true;
        assertThat(bench.commit("", -1, 8)).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(7);

        bench.log.full = false;

        assertThat(bench.commit("", -1, 9)).isEqualTo(Errors.NONE);
    }

    @Test
    void nothingIsAnsweredBeforeItIsCommitted() {
        bench.log.slow = true;
        CompletableFuture<OffsetCommitResponseData> commit = bench.commit(commitRequest("", -1, 7, ""));
        Reply<Errors> deletion = Reply.of(error -> error);
        bench.step(deletion, (m, decision) -> m.deleteGroup("no such group", deletion, decision));
        assertThat(commit).isNotDone();
        assertThat(deletion.future()).isNotDone();

        bench.log.commitAll();
        bench.loop.drain();

        assertThat(error(commit.join())).isEqualTo(Errors.NONE);
        assertThat(deletion.future().join()).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    }

    @Test
    void whatIsNotYetCommittedAtTheEndIsNotAcknowledged() {
        bench.log.slow = true;
        CompletableFuture<OffsetCommitResponseData> commit = bench.commit(commitRequest("", -1, 7, ""));

        bench.close();

        assertThat(error(commit.join())).isEqualTo(Errors.NOT_COORDINATOR);
    }

    @Test
    void aTopicCreatedAnewDoesNotInheritOffsets() {
        Uuid before = Uuid.randomUuid();
        bench.topics.put("posts", before);
        OffsetCommitRequestData request = commitRequest("", -1, 7, "");
        request.topics().get(0).setTopicId(before);
        bench.commit(request);
        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(7);

        bench.topics.put("posts", Uuid.randomUuid());

        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(-1);
        assertThat(bench.fetch(new OffsetFetchRequestGroup().setGroupId(GROUP).setTopics(null))
                        .topics())
                .isEmpty();
    }

    @Test
    void allOffsetsOfAGroupCanBeAskedForWithoutNamingThem() {
        bench.commit("", -1, 7);

        var topics = bench.fetch(new OffsetFetchRequestGroup().setGroupId(GROUP).setTopics(null))
                .topics();

        assertThat(topics).singleElement().satisfies(topic -> {
            assertThat(topic.name()).isEqualTo("posts");
            assertThat(topic.partitions())
                    .singleElement()
                    .satisfies(
                            partition -> assertThat(partition.committedOffset()).isEqualTo(7));
        });
    }

    @Test
    void offsetsOutliveTheirGroupByTheRetentionTimeAndTheGroupGoesWithThem() {
        List<String> pair = bench.stablePair();
        bench.commit(pair.get(0), 1, 7);
        bench.leave(pair.get(0));
        bench.leave(pair.get(1));
        bench.loop.advance(WEEK_MS - CHECK_MS);
        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(7);

        bench.loop.advance(2 * CHECK_MS);

        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(-1);
        assertThat(bench.describe().errorCode()).isEqualTo(Errors.GROUP_ID_NOT_FOUND.code());
        assertThat(bench.replayed().groups().all()).isEmpty();
    }

    @Test
    void anExpiryThatAnOldClientAskedForIsKept() {
        bench.commit(commitRequest("", -1, 7, "").setRetentionTimeMs(CHECK_MS));
        bench.loop.advance(3 * CHECK_MS);

        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(-1);
    }

    @Test
    void anEmptyGroupCanBeDeletedAndOneInUseCannot() {
        List<String> pair = bench.stablePair();
        bench.commit(pair.get(0), 1, 7);
        assertThat(bench.deleteGroup()).isEqualTo(Errors.NON_EMPTY_GROUP);
        pair.forEach(bench::leave);

        assertThat(bench.deleteGroup()).isEqualTo(Errors.NONE);

        assertThat(bench.deleteGroup()).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(-1);
        assertThat(bench.replayed().groups().all()).isEmpty();
    }

    @Test
    void aDeletedTopicTakesItsOffsetsAlong() {
        bench.commit("", -1, 7);
        Reply<Errors> reply = Reply.of(error -> error);

        bench.step(reply, (m, decision) -> m.forgetTopic("posts"));
        bench.loop.advance(0);

        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(-1);
        assertThat(bench.machine().groups().all()).isEmpty();
    }

    @Test
    void offsetsOfAnEmptyGroupCanBeDeletedOneByOne() {
        bench.commit("", -1, 7);
        OffsetDeleteRequestTopicCollection topics = new OffsetDeleteRequestTopicCollection();
        topics.add(new OffsetDeleteRequestTopic()
                .setName("posts")
                .setPartitions(List.of(new OffsetDeleteRequestPartition().setPartitionIndex(0))));
        OffsetDeleteRequestData request =
                new OffsetDeleteRequestData().setGroupId(GROUP).setTopics(topics);
        Reply<OffsetDeleteResponseData> reply =
                Reply.of(error -> new OffsetDeleteResponseData().setErrorCode(error.code()));

        assertThat(bench.step(reply, (m, decision) -> m.deleteOffsets(request, reply, decision))
                        .join()
                        .errorCode())
                .isEqualTo(Errors.NONE.code());
        assertThat(bench.fetch("posts", 0).committedOffset()).isEqualTo(-1);
    }
}
