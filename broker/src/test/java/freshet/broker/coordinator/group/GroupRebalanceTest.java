package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupBench.DELAY_MS;
import static freshet.broker.coordinator.group.GroupBench.NEWEST;
import static freshet.broker.coordinator.group.GroupBench.REBALANCE_MS;
import static freshet.broker.coordinator.group.GroupBench.SESSION_MS;
import static freshet.broker.coordinator.group.GroupBench.bytes;
import static freshet.broker.coordinator.group.GroupBench.joinRequest;
import static org.assertj.core.api.Assertions.assertThat;

import freshet.broker.coordinator.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

class GroupRebalanceTest {
    private final GroupBench bench = new GroupBench();

    @Test
    void newMemberIsGivenAnIdFirst() {
        JoinGroupResponseData response = bench.join(joinRequest("", null), 4).join();

        assertThat(response.errorCode()).isEqualTo(Errors.MEMBER_ID_REQUIRED.code());
        assertThat(response.memberId()).startsWith("client-");
    }

    @Test
    void clientsBeforeKnownMemberIdsJoinAtOnce() {
        CompletableFuture<JoinGroupResponseData> join = bench.join(joinRequest("", null), 3);
        bench.loop.advance(DELAY_MS);

        assertThat(join.join().errorCode()).isEqualTo(Errors.NONE.code());
    }

    @Test
    void membersThatStartTogetherShareTheFirstGeneration() {
        CompletableFuture<JoinGroupResponseData> first = bench.joinNew();
        bench.loop.advance(DELAY_MS - 1);
        CompletableFuture<JoinGroupResponseData> second = bench.joinNew();
        bench.loop.advance(2 * DELAY_MS);

        assertThat(first.join().generationId()).isEqualTo(1);
        assertThat(second.join().generationId()).isEqualTo(1);
        assertThat(first.join().members()).hasSize(2);
        assertThat(second.join().members()).isEmpty();
        assertThat(second.join().leader()).isEqualTo(first.join().memberId());
    }

    @Test
    void withoutInitialDelayAGroupForms() {
        GroupBench quick = new GroupBench(Map.of("group.initial.rebalance.delay.ms", "0"));

        assertThat(quick.joinNew()).isCompleted();
    }

    @Test
    void followersGetTheirAssignmentWhenTheLeaderBringsIt() {
        CompletableFuture<JoinGroupResponseData> first = bench.joinNew();
        CompletableFuture<JoinGroupResponseData> second = bench.joinNew();
        bench.loop.advance(2 * DELAY_MS);
        String leader = first.join().memberId();
        String follower = second.join().memberId();
        CompletableFuture<SyncGroupResponseData> waiting = bench.sync(follower, 1);
        assertThat(waiting).isNotDone();

        SyncGroupResponseData leaders = bench.sync(leader, 1, leader, follower).join();

        assertThat(leaders.assignment()).isEqualTo(bytes("for " + leader));
        assertThat(waiting.join().assignment()).isEqualTo(bytes("for " + follower));
        assertThat(waiting.join().protocolName()).isEqualTo("range");
        assertThat(bench.describe().groupState()).isEqualTo("Stable");
    }

    @Test
    void aThirdMemberMakesTheOthersJoinAgain() {
        List<String> pair = bench.stablePair();
        CompletableFuture<JoinGroupResponseData> third = bench.joinNew();

        assertThat(bench.heartbeat(pair.get(0), 1)).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
        CompletableFuture<JoinGroupResponseData> first = bench.rejoin(pair.get(0));
        CompletableFuture<JoinGroupResponseData> second = bench.rejoin(pair.get(1));

        assertThat(third.join().generationId()).isEqualTo(2);
        assertThat(first.join().members()).hasSize(3);
        assertThat(second.join().errorCode()).isEqualTo(Errors.NONE.code());
    }

    @Test
    void whoDoesNotJoinWithinTheRebalanceTimeoutIsLeftOut() {
        List<String> pair = bench.stablePair();
        CompletableFuture<JoinGroupResponseData> third = bench.joinNew();
        bench.rejoin(pair.get(1));
        for (int ms = 0; ms < REBALANCE_MS; ms += SESSION_MS / 2) {
            bench.heartbeat(pair.get(0), 1);
            bench.loop.advance(SESSION_MS / 2);
        }

        assertThat(third.join().errorCode()).isEqualTo(Errors.NONE.code());
        assertThat(bench.machine().groups().get("g").members()).hasSize(2);
        assertThat(bench.heartbeat(pair.get(0), 1)).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    }

    @Test
    void whoFallsSilentIsGivenUpAfterItsSession() {
        List<String> pair = bench.stablePair();
        bench.loop.advance(SESSION_MS - 1);
        assertThat(bench.heartbeat(pair.get(0), 1)).isEqualTo(Errors.NONE);

        bench.loop.advance(1);

        assertThat(bench.heartbeat(pair.get(0), 1)).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
        assertThat(bench.heartbeat(pair.get(1), 1)).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    }

    @Test
    void whoNeverSyncsIsLeftOut() {
        CompletableFuture<JoinGroupResponseData> first = bench.joinNew();
        CompletableFuture<JoinGroupResponseData> second = bench.joinNew();
        bench.loop.advance(2 * DELAY_MS);
        String leader = first.join().memberId();
        String follower = second.join().memberId();
        bench.sync(leader, 1, leader, follower);
        for (int ms = 0; ms < REBALANCE_MS; ms += SESSION_MS / 2) {
            bench.heartbeat(leader, 1);
            bench.heartbeat(follower, 1);
            bench.loop.advance(SESSION_MS / 2);
        }

        assertThat(bench.heartbeat(follower, 1)).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
        assertThat(bench.heartbeat(leader, 1)).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
    }

    @Test
    void anIdThatIsNotUsedIsTakenBackAndLeavesNoGroupBehind() {
        bench.join(joinRequest("", null), NEWEST);
        assertThat(bench.machine().groups().all()).hasSize(1);

        bench.loop.advance(SESSION_MS);

        assertThat(bench.machine().groups().all()).isEmpty();
        assertThat(bench.log.records()).isEmpty();
    }

    @Test
    void theOthersWaitForAPromisedMember() {
        List<String> pair = bench.stablePair();
        String third = bench.join(joinRequest("", null), NEWEST).join().memberId();
        CompletableFuture<JoinGroupResponseData> first = bench.rejoin(pair.get(0));
        CompletableFuture<JoinGroupResponseData> second = bench.rejoin(pair.get(1), "range", "sticky");
        assertThat(first).isNotDone();

        bench.rejoin(third);

        assertThat(first.join().members()).hasSize(3);
        assertThat(second).isCompleted();
    }

    @Test
    void aLeaderThatJoinsAgainStartsARebalanceAndAFollowerDoesNot() {
        List<String> pair = bench.stablePair();

        assertThat(bench.rejoin(pair.get(1)).join().generationId()).isEqualTo(1);
        assertThat(bench.rejoin(pair.get(0))).isNotDone();
    }

    @Test
    void aFollowerThatWantsSomethingElseStartsARebalance() {
        List<String> pair = bench.stablePair();

        assertThat(bench.rejoin(pair.get(1), "range", "sticky")).isNotDone();
        assertThat(bench.heartbeat(pair.get(0), 1)).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
    }

    @Test
    void theProtocolThatMostMembersPreferAmongTheCommonOnesIsChosen() {
        CompletableFuture<JoinGroupResponseData> first = bench.joinNew("a", "b", "c");
        bench.joinNew("b", "a");
        bench.joinNew("b", "a", "c");
        bench.loop.advance(3 * DELAY_MS);

        assertThat(first.join().protocolName()).isEqualTo("b");
    }

    @Test
    void whoSharesNoProtocolWithAllIsRefused() {
        bench.joinNew("a");
        JoinGroupRequestData other = joinRequest("", null, "b");
        JoinGroupRequestData connect = joinRequest("", null, "a").setProtocolType("connect");

        assertThat(bench.join(other, NEWEST).join().errorCode()).isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL.code());
        assertThat(bench.join(connect, NEWEST).join().errorCode()).isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL.code());
    }

    @Test
    void requestsOfAnotherGenerationAreRefused() {
        List<String> pair = bench.stablePair();

        assertThat(bench.heartbeat(pair.get(0), 0)).isEqualTo(Errors.ILLEGAL_GENERATION);
        assertThat(bench.sync(pair.get(0), 2).join().errorCode()).isEqualTo(Errors.ILLEGAL_GENERATION.code());
        assertThat(bench.commit(pair.get(0), 2, 5)).isEqualTo(Errors.ILLEGAL_GENERATION);
    }

    @Test
    void aSyncThatNamesAnotherProtocolIsRefused() {
        CompletableFuture<JoinGroupResponseData> join = bench.joinNew();
        bench.loop.advance(DELAY_MS);
        var request = new SyncGroupRequestData()
                .setGroupId(GroupBench.GROUP)
                .setMemberId(join.join().memberId())
                .setGenerationId(1)
                .setProtocolName("sticky");
        Reply<SyncGroupResponseData> reply = Reply.of(error -> new SyncGroupResponseData().setErrorCode(error.code()));

        assertThat(bench.step(reply, (m, decision) -> m.sync(request, reply, decision))
                        .join()
                        .errorCode())
                .isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL.code());
    }

    @Test
    void whoLeavesIsGoneAtOnceAndTheLastOneLeavesAnEmptyGroup() {
        List<String> pair = bench.stablePair();

        assertThat(bench.leave(pair.get(1))).isEqualTo(Errors.NONE);
        assertThat(bench.heartbeat(pair.get(0), 1)).isEqualTo(Errors.REBALANCE_IN_PROGRESS);
        assertThat(bench.leave(pair.get(0))).isEqualTo(Errors.NONE);
        assertThat(bench.leave(pair.get(0))).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
        assertThat(bench.describe().groupState()).isEqualTo("Empty");
        assertThat(bench.replayed().groups().get("g").logged().members()).isEmpty();
    }

    @Test
    void aJoinThatIsRepeatedOverANewConnectionTakesThePlaceOfTheFirst() {
        List<String> pair = bench.stablePair();
        CompletableFuture<JoinGroupResponseData> lost = bench.rejoin(pair.get(0));
        CompletableFuture<JoinGroupResponseData> again = bench.rejoin(pair.get(0));
        bench.rejoin(pair.get(1));

        assertThat(lost.join().errorCode()).isEqualTo(Errors.REBALANCE_IN_PROGRESS.code());
        assertThat(again.join().generationId()).isEqualTo(2);
    }

    @Test
    void aGroupGrowsNoLargerThanItMay() {
        GroupBench small = new GroupBench(Map.of("group.max.size", "2"));
        List<String> pair = small.stablePair();

        assertThat(small.join(joinRequest("", null), NEWEST).join().errorCode())
                .isEqualTo(Errors.GROUP_MAX_SIZE_REACHED.code());
        assertThat(small.rejoin(pair.get(1)).join().errorCode()).isEqualTo(Errors.NONE.code());
    }

    @Test
    void aMemberMaySayOnlySoMuch() {
        GroupBench strict = new GroupBench(Map.of("group.member.metadata.max.bytes", "16"));
        JoinGroupRequestData talkative = joinRequest("", null, "a-protocol-with-a-long-name");

        assertThat(strict.join(talkative, NEWEST).join().errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
    }

    @Test
    void namesThatFitIntoNoRecordAreRefused() {
        String longName = "x".repeat(100_000);

        assertThat(bench.join(joinRequest("", longName), NEWEST).join().errorCode())
                .isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(bench.join(joinRequest("", null, longName), NEWEST).join().errorCode())
                .isEqualTo(Errors.INVALID_REQUEST.code());
        assertThat(bench.join(joinRequest("", null).setGroupId(longName), NEWEST)
                        .join()
                        .errorCode())
                .isEqualTo(Errors.INVALID_GROUP_ID.code());
    }

    @Test
    void aFullDiskLetsTheLeaderAssignAgainLater() {
        CompletableFuture<JoinGroupResponseData> join = bench.joinNew();
        bench.loop.advance(DELAY_MS);
        String leader = join.join().memberId();
        bench.log.full = true;
        assertThat(bench.sync(leader, 1, leader).join().errorCode()).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE.code());

        bench.log.full = false;

        assertThat(bench.sync(leader, 1, leader).join().assignment()).isEqualTo(bytes("for " + leader));
    }

    @Test
    void sessionsAreBounded() {
        assertThat(bench.join(joinRequest("", null).setSessionTimeoutMs(1), NEWEST)
                        .join()
                        .errorCode())
                .isEqualTo(Errors.INVALID_SESSION_TIMEOUT.code());
    }

    @Test
    void withoutAGroupNobodyIsAMember() {
        assertThat(bench.heartbeat("x", 1)).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
        assertThat(bench.leave("x")).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
        assertThat(bench.rejoin("x").join().errorCode()).isEqualTo(Errors.UNKNOWN_MEMBER_ID.code());
        assertThat(bench.sync("x", 1).join().errorCode()).isEqualTo(Errors.UNKNOWN_MEMBER_ID.code());
        assertThat(bench.machine().groups().all()).isEmpty();
    }

    @Test
    void whoeverWaitsHearsOfTheEnd() {
        List<String> pair = bench.stablePair();
        CompletableFuture<JoinGroupResponseData> join = bench.rejoin(pair.get(0));

        bench.close();

        assertThat(join.join().errorCode()).isEqualTo(Errors.NOT_COORDINATOR.code());
        assertThat(bench.rejoin(pair.get(1)).join().errorCode()).isEqualTo(Errors.NOT_COORDINATOR.code());
    }

    @Test
    void aWaitingSyncHearsOfTheEnd() {
        CompletableFuture<JoinGroupResponseData> first = bench.joinNew();
        CompletableFuture<JoinGroupResponseData> second = bench.joinNew();
        bench.loop.advance(2 * DELAY_MS);
        CompletableFuture<SyncGroupResponseData> sync = bench.sync(second.join().memberId(), 1);
        assertThat(first).isCompleted();

        bench.close();

        assertThat(sync.join().errorCode()).isEqualTo(Errors.NOT_COORDINATOR.code());
    }
}
