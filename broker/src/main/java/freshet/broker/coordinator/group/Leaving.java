package freshet.broker.coordinator.group;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Loop;
import freshet.broker.coordinator.Reply;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupResponseData.MemberResponse;
import org.apache.kafka.common.protocol.Errors;

/** Answers LeaveGroup, of one member or of several: an administrator may take static members out by instance id. */
final class Leaving {
    private final Groups groups;
    private final Rebalance rebalance;

    Leaving(Groups groups, Rebalance rebalance) {
        this.groups = groups;
        this.rebalance = rebalance;
    }

    /** {@code request} names its members in the list, in the old versions' single field for none. */
    void leave(LeaveGroupRequestData request, Reply<LeaveGroupResponseData> reply, Decision<GroupRecord> decision) {
        if (request.groupId().isEmpty()) {
            decision.refuse(reply, Errors.INVALID_GROUP_ID);
            return;
        }
        Group group = groups.get(request.groupId());
        List<MemberResponse> left = new ArrayList<>(request.members().size());
        for (MemberIdentity identity : request.members()) {
            Errors error = group == null ? Errors.UNKNOWN_MEMBER_ID : leave(group, identity, decision);
            left.add(new MemberResponse()
                    .setMemberId(identity.memberId())
                    .setGroupInstanceId(identity.groupInstanceId())
                    .setErrorCode(error.code()));
        }
        if (group != null) {
            groups.forgetIfVoid(group);
        }
        decision.answer(reply, new LeaveGroupResponseData().setMembers(left));
    }

    private Errors leave(Group group, MemberIdentity identity, Decision<GroupRecord> decision) {
        Loop.Timer promise = group.promised.remove(identity.memberId());
        if (promise != null) {
            promise.cancel();
            rebalance.promiseBroken(group, decision);
            return Errors.NONE;
        }
        Member member = find(group, identity);
        if (member == null) {
            return Errors.UNKNOWN_MEMBER_ID;
        }
        if (!identity.memberId().isEmpty() && !identity.memberId().equals(member.id())) {
            return Errors.FENCED_INSTANCE_ID;
        }
        String reason = identity.reason() == null ? "" : " (" + identity.reason() + ")";
        rebalance.removed(
                group, member, Errors.UNKNOWN_MEMBER_ID, "member " + member.id() + " leaves" + reason, decision);
        return Errors.NONE;
    }

    private static Member find(Group group, MemberIdentity identity) {
        return identity.groupInstanceId() == null
                ? group.member(identity.memberId())
                : group.instance(identity.groupInstanceId());
    }
}
