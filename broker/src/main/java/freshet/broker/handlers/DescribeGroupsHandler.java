package freshet.broker.handlers;

import freshet.broker.coordinator.group.GroupCoordinator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.protocol.ApiKeys;

/** Describes groups with their members. Everybody may do everything, and is told so when asking. */
final class DescribeGroupsHandler implements RequestHandler<DescribeGroupsRequestData> {
    private static final int ALL_OPERATIONS =
            1 << AclOperation.READ.code() | 1 << AclOperation.DELETE.code() | 1 << AclOperation.DESCRIBE.code();

    private final GroupCoordinator groups;

    DescribeGroupsHandler(GroupCoordinator groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_GROUPS;
    }

    @Override
    public CompletableFuture<DescribeGroupsResponseData> handle(
            RequestContext context, DescribeGroupsRequestData request) {
        List<CompletableFuture<DescribedGroup>> described = new ArrayList<>();
        for (String group : request.groups()) {
            described.add(groups.describe(group, context.apiVersion())
                    .thenApply(found -> request.includeAuthorizedOperations()
                            ? found.setAuthorizedOperations(ALL_OPERATIONS)
                            : found));
        }
        return CompletableFuture.allOf(described.toArray(CompletableFuture[]::new))
                .thenApply(ignored -> new DescribeGroupsResponseData()
                        .setGroups(
                                described.stream().map(CompletableFuture::join).toList()));
    }
}
