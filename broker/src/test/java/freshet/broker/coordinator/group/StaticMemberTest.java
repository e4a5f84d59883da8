package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupBench.DELAY_MS;
import static freshet.broker.coordinator.group.GroupBench.NEWEST;
import static freshet.broker.coordinator.group.GroupBench.SESSION_MS;
import static freshet.broker.coordinator.group.GroupBench.bytes;
import static freshet.broker.coordinator.group.GroupBench.joinRequest;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StaticMemberTest {
    private final GroupBench bench = new GroupBench();
    private String leader;
    private String follower;

    @BeforeEach
    void aStableGroupOfTwo() {
        CompletableFuture<JoinGroupResponseData> first = bench.joinStatic("one");
        CompletableFuture<JoinGroupResponseData> second = bench.joinStatic("two");
        bench.loop.advance(2 * DELAY_MS);
        leader = first.join().memberId();
        follower = second.join().memberId();
        bench.sync(leader, 1, leader, follower);
        bench.sync(follower, 1);
    }

    @Test
    void comesBackToItsAssignmentWithoutARebalance() {
        JoinGroupResponseData back = bench.joinStatic("two").join();

        assertThat(back.generationId()).isEqualTo(1);
        assertThat(back.memberId()).startsWith("two-").isNotEqualTo(follower);
        assertThat(back.skipAssignment()).isFalse();
        assertThat(bench.sync(back.memberId(), 1).join().assignment()).isEqualTo(bytes("for " + follower));
        assertThat(bench.heartbeat(leader, "one", 1)).isEqualTo(Errors.NONE);
    }

    @Test
    void theProcessThatItReplacesIsFenced() {
        bench.joinStatic("two");

        assertThat(bench.heartbeat(follower, "two", 1)).isEqualTo(Errors.FENCED_INSTANCE_ID);
        assertThat(bench.join(joinRequest(follower, "two"), NEWEST).join().errorCode())
                .isEqualTo(Errors.FENCED_INSTANCE_ID.code());
    }

    @Test
    void aLeaderThatComesBackNeedNotAssign() {
        JoinGroupResponseData back = bench.joinStatic("one").join();

        assertThat(back.leader()).isEqualTo(back.memberId());
        assertThat(back.skipAssignment()).isTrue();
        assertThat(back.members()).hasSize(2);
    }

    @Test
    void anOlderClientThatComesBackIsNotToldThatItLeads() {
        JoinGroupResponseData back = bench.join(joinRequest("", "one"), 8).join();

        assertThat(back.leader()).isEqualTo(leader).isNotEqualTo(back.memberId());
        assertThat(back.members()).isEmpty();
    }

    @Test
    void itsNewIdSurvivesACrash() {
        String back = bench.joinStatic("two").join().memberId();

        bench.crash();

        assertThat(bench.heartbeat(back, "two", 1)).isEqualTo(Errors.NONE);
        assertThat(bench.sync(back, 1).join().assignment()).isEqualTo(bytes("for " + follower));
    }

    @Test
    void whereTheNewIdCannotBeWrittenTheOldOneStays() {
        bench.log.full = true;

        assertThat(bench.joinStatic("two").join().errorCode()).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE.code());

        bench.log.full = false;
        assertThat(bench.heartbeat(follower, "two", 1)).isEqualTo(Errors.NONE);
    }

    @Test
    void withOtherProtocolsItStartsARebalance() {
        CompletableFuture<JoinGroupResponseData> back = bench.join(joinRequest("", "two", "sticky", "range"), NEWEST);
        assertThat(back).isCompleted();

        GroupBench other = new GroupBench();
        CompletableFuture<JoinGroupResponseData> first = other.join(joinRequest("", "one", "range", "sticky"), NEWEST);
        other.loop.advance(DELAY_MS);
        other.sync(first.join().memberId(), 1, first.join().memberId());
        JoinGroupResponseData changed =
                other.join(joinRequest("", "one", "sticky", "range"), NEWEST).join();

        assertThat(changed.generationId()).isEqualTo(2);
        assertThat(changed.protocolName()).isEqualTo("sticky");
    }

    @Test
    void staysInTheGroupWhileItIsAwayUntilItsSessionEnds() {
        bench.loop.advance(SESSION_MS - 1);
        assertThat(bench.heartbeat(leader, "one", 1)).isEqualTo(Errors.NONE);
        assertThat(bench.machine().groups().get("g").members()).hasSize(2);

        bench.loop.advance(1);

        assertThat(bench.machine().groups().get("g").members()).hasSize(1);
    }

    @Test
    void anAdministratorTakesItOutByItsInstance() {
        LeaveGroupResponseData left = bench.leave(
                new MemberIdentity().setGroupInstanceId("two"),
                new MemberIdentity().setGroupInstanceId("three"),
                new MemberIdentity().setGroupInstanceId("one").setMemberId("someone-else"));

        assertThat(left.members())
                .extracting(member -> Errors.forCode(member.errorCode()))
                .containsExactly(Errors.NONE, Errors.UNKNOWN_MEMBER_ID, Errors.FENCED_INSTANCE_ID);
    }

    @Test
    @Timeout(10)
    void whileAllAreAwayNoTimerSpins() {
        bench.join(joinRequest("", "one").setRebalanceTimeoutMs(0), NEWEST);
        bench.join(joinRequest("", "two").setRebalanceTimeoutMs(0), NEWEST);
        bench.leave(new MemberIdentity().setGroupInstanceId("two"));

        bench.loop.advance(SESSION_MS - 1);

        assertThat(bench.describe().groupState()).isEqualTo("PreparingRebalance");
        bench.loop.advance(1);
        assertThat(bench.describe().groupState()).isEqualTo("Empty");
    }
}
