package freshet.broker.handlers;

import freshet.broker.coordinator.group.GroupService;
import freshet.broker.metadata.BrokerImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which broker coordinates a group; from version 4 on, several at once. */
final class FindCoordinatorHandler implements RequestHandler<FindCoordinatorRequestData> {
    private static final Logger LOG = LoggerFactory.getLogger(FindCoordinatorHandler.class);
    private static final short BATCHED = 4;

    private final GroupService groups;

    FindCoordinatorHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.FIND_COORDINATOR;
    }

    @Override
    public CompletableFuture<FindCoordinatorResponseData> handle(
            RequestContext context, FindCoordinatorRequestData request) {
        if (context.apiVersion() < BATCHED) {
            return find(context, request.keyType(), request.key())
                    .thenApply(found -> new FindCoordinatorResponseData()
                            .setErrorCode(found.errorCode())
                            .setErrorMessage(found.errorMessage())
                            .setNodeId(found.nodeId())
                            .setHost(found.host())
                            .setPort(found.port()));
        }
        List<CompletableFuture<Coordinator>> found = new ArrayList<>();
        for (String key : request.coordinatorKeys()) {
            found.add(find(context, request.keyType(), key));
        }
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
                .thenApply(ignored -> new FindCoordinatorResponseData()
                        .setCoordinators(
                                found.stream().map(CompletableFuture::join).toList()));
    }

    private CompletableFuture<Coordinator> find(RequestContext context, byte type, String key) {
        if (type == CoordinatorType.TRANSACTION.id()) {
            // Not COORDINATOR_NOT_AVAILABLE: a producer would ask again for a minute and then say less than this.
            return refused(key, Errors.UNSUPPORTED_VERSION, "This broker has no transactions: unset transactional.id.");
        }
        if (type != CoordinatorType.GROUP.id()) {
            return refused(key, Errors.INVALID_REQUEST, "This broker coordinates groups only.");
        }
        if (key.isEmpty()) {
            return refused(key, Errors.INVALID_GROUP_ID, Errors.INVALID_GROUP_ID.message());
        }
        return groups.coordinatorOf(key)
                .thenApply(broker -> answer(key, broker, context.listener()))
                .exceptionally(error -> {
                    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
                    LOG.warn("Cannot create the topic for groups: {}", cause.getMessage());
                    return refusal(key, Errors.COORDINATOR_NOT_AVAILABLE, cause.getMessage());
                });
    }

    private static Coordinator answer(String key, Optional<BrokerImage> broker, String listener) {
        Optional<BrokerImage.Endpoint> endpoint =
                broker.map(found -> found.endpoints().get(listener));
        if (endpoint.isEmpty()) {
            return refusal(key, Errors.COORDINATOR_NOT_AVAILABLE, Errors.COORDINATOR_NOT_AVAILABLE.message());
        }
        return new Coordinator()
                .setKey(key)
                .setNodeId(broker.get().id())
                .setHost(endpoint.get().host())
                .setPort(endpoint.get().port());
    }

    private static CompletableFuture<Coordinator> refused(String key, Errors error, String message) {
        return CompletableFuture.completedFuture(refusal(key, error, message));
    }

    private static Coordinator refusal(String key, Errors error, String message) {
        return new Coordinator()
                .setKey(key)
                .setNodeId(-1)
                .setHost("")
                .setPort(-1)
                .setErrorCode(error.code())
                .setErrorMessage(message);
    }
}
