package freshet.broker.coordinator.group;

import static freshet.broker.coordinator.group.GroupState.COMPLETING_REBALANCE;
import static freshet.broker.coordinator.group.GroupState.EMPTY;
import static freshet.broker.coordinator.group.GroupState.PREPARING_REBALANCE;
import static freshet.broker.coordinator.group.GroupState.STABLE;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Loop;
import freshet.broker.coordinator.Reply;
import freshet.broker.coordinator.group.Member.Protocol;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.protocol.Errors;

/** Answers JoinGroup of dynamic members; those of static ones go on to {@link StaticJoining}. */
final class Joining {
    /** From this version on a new member first gets its id and must come back with it (KIP-394). */
    private static final short KNOWN_MEMBER_ID = 4;

    /** Longest instance id, as in Kafka; protocols and the part of a member id that its client chooses are no longer. */
    private static final int NAME_CHARS = 249;

    private final GroupConfig config;
    private final Groups groups;
    private final Rebalance rebalance;
    private final Sessions sessions;
    private final StaticJoining staticJoining;
    private final Supplier<String> randomIds;

    Joining(GroupConfig config, Groups groups, Rebalance rebalance, Supplier<String> randomIds) {
        this.config = config;
        this.groups = groups;
        this.rebalance = rebalance;
        this.sessions = rebalance.sessions();
        this.staticJoining = new StaticJoining(rebalance);
        this.randomIds = randomIds;
    }

    void join(
            JoinGroupRequestData request,
            Caller caller,
            Reply<JoinGroupResponseData> reply,
            Decision<GroupRecord> decision) {
        List<Protocol> protocols = Member.protocolsOf(request);
        Errors invalid = validate(request, protocols);
        if (invalid != Errors.NONE) {
            refuse(request, invalid, reply, decision);
            return;
        }
        boolean isNew = request.memberId().isEmpty();
        Group group = isNew ? groups.getOrCreate(request.groupId()) : groups.get(request.groupId());
        if (group == null) {
            refuse(request, Errors.UNKNOWN_MEMBER_ID, reply, decision);
        } else if (isFull(group, request)) {
            refuse(request, Errors.GROUP_MAX_SIZE_REACHED, reply, decision);
        } else if (!group.accepts(request.protocolType(), protocols)) {
            refuse(request, Errors.INCONSISTENT_GROUP_PROTOCOL, reply, decision);
        } else if (isNew) {
            joinNew(group, request, caller, reply, decision);
        } else {
            joinKnown(group, request, caller, protocols, reply, decision);
        }
    }

    private Errors validate(JoinGroupRequestData request, List<Protocol> protocols) {
        if (!Groups.isName(request.groupId())) {
            return Errors.INVALID_GROUP_ID;
        }
        if (request.sessionTimeoutMs() < config.minSessionTimeoutMs()
                || request.sessionTimeoutMs() > config.maxSessionTimeoutMs()) {
            return Errors.INVALID_SESSION_TIMEOUT;
        }
        if (request.protocolType().isEmpty() || protocols.isEmpty()) {
            return Errors.INCONSISTENT_GROUP_PROTOCOL;
        }
        boolean named = isName(request.protocolType())
                && (request.groupInstanceId() == null || isName(request.groupInstanceId()))
                && protocols.stream().allMatch(protocol -> isName(protocol.name()));
        if (!named) {
            return Errors.INVALID_REQUEST;
        }
        long said = 0;
        for (Protocol protocol : protocols) {
            said += protocol.name().length() + protocol.metadata().length;
        }
        return said > config.maxMemberMetadataBytes() ? Errors.INVALID_REQUEST : Errors.NONE;
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= NAME_CHARS;
    }

    private boolean isFull(Group group, JoinGroupRequestData request) {
        boolean known = group.member(request.memberId()) != null
                || group.promised.containsKey(request.memberId())
                || group.instance(request.groupInstanceId()) != null;
        return !known && group.members().size() + group.promised.size() >= config.maxGroupSize();
    }

    private void joinNew(
            Group group,
            JoinGroupRequestData request,
            Caller caller,
            Reply<JoinGroupResponseData> reply,
            Decision<GroupRecord> decision) {
        String instanceId = request.groupInstanceId();
        String named = instanceId == null ? caller.clientId() : instanceId;
        String memberId = named.substring(0, Math.min(named.length(), NAME_CHARS)) + "-" + randomIds.get();
        if (group.instance(instanceId) != null) {
            staticJoining.replace(group, group.instance(instanceId), memberId, request, caller, reply, decision);
        } else if (instanceId == null && caller.apiVersion() >= KNOWN_MEMBER_ID) {
            sessions.promise(group, memberId, request.sessionTimeoutMs());
            decision.answer(reply, refusal(memberId, Errors.MEMBER_ID_REQUIRED));
        } else {
            add(group, memberId, request, caller, reply, decision);
        }
    }

    private void add(
            Group group,
            String memberId,
            JoinGroupRequestData request,
            Caller caller,
            Reply<JoinGroupResponseData> reply,
            Decision<GroupRecord> decision) {
        Member member = new Member(memberId, request.groupInstanceId(), caller, request);
        if (group.members().isEmpty()) {
            group.protocolType = request.protocolType();
        }
        group.add(member);
        group.someoneCame = true;
        member.awaitJoin(reply);
        sessions.begin(group, member);
        rebalance.needed(group, "member " + memberId + " joins", decision);
    }

    private void joinKnown(
            Group group,
            JoinGroupRequestData request,
            Caller caller,
            List<Protocol> protocols,
            Reply<JoinGroupResponseData> reply,
            Decision<GroupRecord> decision) {
        String memberId = request.memberId();
        // Ids are promised to dynamic members only: with one of them nobody takes a static member's place.
        Loop.Timer promise = request.groupInstanceId() == null ? group.promised.remove(memberId) : null;
        if (promise != null) {
            promise.cancel();
            add(group, memberId, request, caller, reply, decision);
            return;
        }
        Errors error = group.check(memberId, request.groupInstanceId());
        if (error != Errors.NONE || group.is(EMPTY)) {
            refuse(request, error == Errors.NONE ? Errors.UNKNOWN_MEMBER_ID : error, reply, decision);
            return;
        }
        Member member = group.member(memberId);
        boolean saidTheSame = member.saidTheSame(protocols);
        boolean leads = memberId.equals(group.leader);
        // A leader that joins again wants to assign anew: only it knows that the topics have changed.
        boolean nothingNew = saidTheSame && (group.is(COMPLETING_REBALANCE) || (group.is(STABLE) && !leads));
        if (nothingNew) {
            sessions.touch(member);
            decision.answer(reply, rebalance.joined(group, member));
            return;
        }
        group.protocols(member, protocols);
        member.takeTimeouts(request);
        member.awaitJoin(reply);
        String why = group.is(PREPARING_REBALANCE)
                ? ""
                : "member " + memberId + (saidTheSame ? ", the leader, joins again" : " has changed what it wants");
        rebalance.needed(group, why, decision);
    }

    private static void refuse(
            JoinGroupRequestData request,
            Errors error,
            Reply<JoinGroupResponseData> reply,
            Decision<GroupRecord> decision) {
        decision.answer(reply, refusal(request.memberId(), error));
    }

    static JoinGroupResponseData refusal(String memberId, Errors error) {
        return new JoinGroupResponseData().setMemberId(memberId).setErrorCode(error.code());
    }
}
