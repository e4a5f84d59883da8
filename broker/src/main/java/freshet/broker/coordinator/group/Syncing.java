package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupState.COMPLETING_REBALANCE;
import static freshet.broker.coordinator.group.GroupState.DEAD;
import static freshet.broker.coordinator.group.GroupState.EMPTY;
import static freshet.broker.coordinator.group.GroupState.PREPARING_REBALANCE;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Reply;
import freshet.broker.coordinator.Timers;
import freshet.broker.coordinator.group.GroupRecord.GenerationRecord;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/** Answers SyncGroup: the leader's brings the assignment, everybody's fetches its own part of it. */
final class Syncing {
    private final Timers<GroupRecord> timers;
    private final Groups groups;
    private final Rebalance rebalance;
    private final Sessions sessions;

    Syncing(Timers<GroupRecord> timers, Groups groups, Rebalance rebalance) {
        this.timers = timers;
        this.groups = groups;
        this.rebalance = rebalance;
        this.sessions = rebalance.sessions();
    }

    void sync(SyncGroupRequestData request, Reply<SyncGroupResponseData> reply, Decision<GroupRecord> decision) {
        Group group = groups.get(request.groupId());
        Errors error = validate(group, request);
        if (error != Errors.NONE) {
            decision.refuse(reply, error);
            return;
        }
        Member member = group.member(request.memberId());
        sessions.touch(member);
        rebalance.synced(group, member);
        if (!group.is(COMPLETING_REBALANCE)) {
            decision.answer(reply, rebalance.assigned(group, member));
            return;
        }
        member.awaitSync(reply);
        if (member.id().equals(group.leader)) {
            assign(group, request, decision);
        }
    }

    private static Errors validate(Group group, SyncGroupRequestData request) {
        if (request.groupId().isEmpty()) {
            return Errors.INVALID_GROUP_ID;
        }
        if (group == null || group.is(EMPTY, DEAD)) {
            return Errors.UNKNOWN_MEMBER_ID;
        }
        Errors unknown = group.check(request.memberId(), request.groupInstanceId());
        if (unknown != Errors.NONE) {
            return unknown;
        }
        if (request.generationId() != group.generation) {
            return Errors.ILLEGAL_GENERATION;
        }
        if (differs(request.protocolType(), group.protocolType) || differs(request.protocolName(), group.protocol)) {
            return Errors.INCONSISTENT_GROUP_PROTOCOL;
        }
        return group.is(PREPARING_REBALANCE) ? Errors.REBALANCE_IN_PROGRESS : Errors.NONE;
    }

    /** Before version 5 a sync does not name the protocol. */
    private static boolean differs(String said, String is) {
        return said != null && !said.equals(is);
    }

    /** The group becomes stable by the replay of this record, and all who wait get their part of it. */
    private void assign(Group group, SyncGroupRequestData request, Decision<GroupRecord> decision) {
        Map<String, byte[]> given = new HashMap<>();
        for (SyncGroupRequestAssignment assignment : request.assignments()) {
            given.put(assignment.memberId(), assignment.assignment());
        }
        decision.append(new GenerationRecord(group.id, group.toMetadata(given, timers.wallClockMs())));
        for (Member member : group.members()) {
            Reply<SyncGroupResponseData> waiting = member.takeSync();
            if (waiting != null) {
                decision.answerAfterReplay(waiting, () -> rebalance.assigned(group, member));
                sessions.touch(member);
            }
        }
    }
}
