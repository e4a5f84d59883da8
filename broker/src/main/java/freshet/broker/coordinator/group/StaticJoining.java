package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupState.STABLE;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Reply;
import freshet.broker.coordinator.group.GroupMetadata.MemberMetadata;
import freshet.broker.coordinator.group.GroupRecord.GenerationRecord;
import freshet.broker.coordinator.group.Member.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;

/**
 * A static member that comes back without its member id: a new process in the old one's place (KIP-345). In a stable
 * group it takes over assignment and all, without a rebalance, and the old process is fenced.
 */
final class StaticJoining {
    /** From this version on a leader can be told that it leads but need not assign (KIP-814). */
    private static final short SKIP_ASSIGNMENT = 9;

    private final Rebalance rebalance;

    StaticJoining(Rebalance rebalance) {
        this.rebalance = rebalance;
    }

    void replace(
            Group group,
            Member member,
            String newId,
            JoinGroupRequestData request,
            Caller caller,
            Reply<JoinGroupResponseData> reply,
            Decision<GroupRecord> decision) {
        List<Protocol> protocols = Member.protocolsOf(request);
        if (group.is(STABLE) && electsTheSame(group, member, protocols)) {
            takeOver(group, member, newId, request, caller, reply, decision);
            return;
        }
        group.rename(member, newId);
        group.protocols(member, protocols);
        member.takeTimeouts(request);
        member.awaitJoin(reply);
        group.someoneCame = true;
        rebalance.needed(group, "static member " + member.instanceId + " joins as " + newId, decision);
    }

    private static boolean electsTheSame(Group group, Member member, List<Protocol> protocols) {
        List<Protocol> before = member.protocols();
        group.protocols(member, protocols);
        String elected = group.electProtocol();
        group.protocols(member, before);
        return group.protocol != null && group.protocol.equals(elected);
    }

    /** The new id is in the log before anyone hears of it: replay does the renaming. */
    private void takeOver(
            Group group,
            Member member,
            String newId,
            JoinGroupRequestData request,
            Caller caller,
            Reply<JoinGroupResponseData> reply,
            Decision<GroupRecord> decision) {
        String oldId = member.id();
        String leaderBefore = group.leader;
        decision.append(new GenerationRecord(group.id, renamed(group.logged(), member, newId, request)));
        decision.answerAfterReplay(reply, () -> {
            group.protocols(member, Member.protocolsOf(request));
            rebalance.sessions().restart(group, member);
            JoinGroupResponseData joined = rebalance.joined(group, member);
            boolean leads = oldId.equals(leaderBefore);
            if (caller.apiVersion() >= SKIP_ASSIGNMENT) {
                return joined.setSkipAssignment(leads);
            }
            // An older client would assign if it were told that it leads: it is told of the leader that was.
            return joined.setLeader(leaderBefore).setMembers(List.of());
        });
    }

    private static GroupMetadata renamed(
            GroupMetadata logged, Member member, String newId, JoinGroupRequestData request) {
        List<MemberMetadata> members = new ArrayList<>(logged.members().size());
        for (MemberMetadata each : logged.members()) {
            members.add(each.memberId().equals(member.id()) ? renamed(each, newId, logged.protocol(), request) : each);
        }
        String leader = member.id().equals(logged.leader()) ? newId : logged.leader();
        return new GroupMetadata(
                logged.protocolType(),
                logged.generation(),
                logged.protocol(),
                leader,
                logged.stateTimestamp(),
                members);
    }

    private static MemberMetadata renamed(
            MemberMetadata member, String newId, String protocol, JoinGroupRequestData request) {
        byte[] subscription = member.subscription();
        for (Protocol said : Member.protocolsOf(request)) {
            if (said.name().equals(protocol)) {
                subscription = said.metadata();
            }
        }
        int rebalanceTimeoutMs =
                request.rebalanceTimeoutMs() < 0 ? request.sessionTimeoutMs() : request.rebalanceTimeoutMs();
        return new MemberMetadata(
                newId,
                member.groupInstanceId(),
                member.clientId(),
                member.clientHost(),
                rebalanceTimeoutMs,
                request.sessionTimeoutMs(),
                subscription,
                member.assignment());
    }
}
