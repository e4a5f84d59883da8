package freshet.broker.handlers;

import freshet.broker.coordinator.group.Caller;
import freshet.broker.coordinator.group.GroupCoordinator;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** Joins a group; the answer comes when the group is complete. */
final class JoinGroupHandler implements RequestHandler<JoinGroupRequestData> {
    /** From this version on the answer may say that there is no protocol. */
    private static final short NULLABLE_PROTOCOL = 7;

    private final GroupCoordinator groups;

    JoinGroupHandler(GroupCoordinator groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.JOIN_GROUP;
    }

    @Override
    public CompletableFuture<JoinGroupResponseData> handle(RequestContext context, JoinGroupRequestData request) {
        Caller caller = new Caller(context.clientId(), context.clientHost(), context.apiVersion());
        return groups.join(request, caller).thenApply(response -> {
            if (context.apiVersion() < NULLABLE_PROTOCOL && response.protocolName() == null) {
                response.setProtocolName("");
            }
            return response;
        });
    }
}
