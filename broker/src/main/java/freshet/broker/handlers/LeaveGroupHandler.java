package freshet.broker.handlers;

import freshet.broker.coordinator.group.GroupCoordinator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Takes members out of a group; before version 3, the one that asks. */
final class LeaveGroupHandler implements RequestHandler<LeaveGroupRequestData> {
    private static final short BATCHED = 3;

    private final GroupCoordinator groups;

    LeaveGroupHandler(GroupCoordinator groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.LEAVE_GROUP;
    }

    @Override
    public CompletableFuture<LeaveGroupResponseData> handle(RequestContext context, LeaveGroupRequestData request) {
        if (context.apiVersion() >= BATCHED) {
            return groups.leave(request);
        }
        request.setMembers(List.of(new MemberIdentity().setMemberId(request.memberId())));
        return groups.leave(request).thenApply(response -> {
            short error = response.errorCode() == Errors.NONE.code()
                    ? response.members().get(0).errorCode()
                    : response.errorCode();
            return new LeaveGroupResponseData().setErrorCode(error);
        });
    }
}
