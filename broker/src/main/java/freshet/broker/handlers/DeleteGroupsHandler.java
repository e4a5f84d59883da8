package freshet.broker.handlers;

import freshet.broker.coordinator.group.GroupCoordinator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResult;
import org.apache.kafka.common.message.DeleteGroupsResponseData.DeletableGroupResultCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Deletes groups that have no members, with their offsets. */
final class DeleteGroupsHandler implements RequestHandler<DeleteGroupsRequestData> {
    private final GroupCoordinator groups;

    DeleteGroupsHandler(GroupCoordinator groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DELETE_GROUPS;
    }

    @Override
    public CompletableFuture<DeleteGroupsResponseData> handle(RequestContext context, DeleteGroupsRequestData request) {
        // A name that is given twice is deleted once.
        Map<String, CompletableFuture<Errors>> deleted = new LinkedHashMap<>();
        request.groupsNames().forEach(group -> deleted.computeIfAbsent(group, groups::deleteGroup));
        return CompletableFuture.allOf(deleted.values().toArray(CompletableFuture[]::new))
                .thenApply(ignored -> {
                    DeletableGroupResultCollection results = new DeletableGroupResultCollection();
                    deleted.forEach((group, error) -> results.add(new DeletableGroupResult()
                            .setGroupId(group)
                            .setErrorCode(error.join().code())));
                    return new DeleteGroupsResponseData().setResults(results);
                });
    }
}
