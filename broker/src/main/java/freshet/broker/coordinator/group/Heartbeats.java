package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupState.DEAD;
import static freshet.broker.coordinator.group.GroupState.EMPTY;
import static freshet.broker.coordinator.group.GroupState.PREPARING_REBALANCE;

import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.protocol.Errors;

/** Answers Heartbeat: proof of life one way, news of a rebalance the other. */
final class Heartbeats {
    private final Groups groups;
    private final Sessions sessions;

    Heartbeats(Groups groups, Sessions sessions) {
        this.groups = groups;
        this.sessions = sessions;
    }

    Errors heartbeat(HeartbeatRequestData request) {
        if (request.groupId().isEmpty()) {
            return Errors.INVALID_GROUP_ID;
        }
        Group group = groups.get(request.groupId());
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
        sessions.touch(group.member(request.memberId()));
        return group.is(PREPARING_REBALANCE) ? Errors.REBALANCE_IN_PROGRESS : Errors.NONE;
    }
}
