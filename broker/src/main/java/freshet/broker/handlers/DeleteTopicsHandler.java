package freshet.broker.handlers;

import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.TopicImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.TopicDeletionDisabledException;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Deletes topics by name or id. */
public final class DeleteTopicsHandler implements RequestHandler<DeleteTopicsRequestData> {

    private static final short STATES_FROM = 6;

    private final MetadataStore metadata;
    private final boolean enabled;

    /** @param enabled {@code delete.topic.enable} */
    public DeleteTopicsHandler(MetadataStore metadata, boolean enabled) {
        this.metadata = metadata;
        this.enabled = enabled;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DELETE_TOPICS;
    }

    @Override
    public CompletableFuture<DeleteTopicsResponseData> handle(RequestContext context, DeleteTopicsRequestData request) {
        ClusterImage image = metadata.image();
        List<DeleteTopicState> wanted = context.apiVersion() >= STATES_FROM
                ? request.topics()
                : request.topicNames().stream()
                        .map(name -> new DeleteTopicState().setName(name))
                        .toList();
        Set<DeleteTopicState> seen = new HashSet<>();
        List<CompletableFuture<DeletableTopicResult>> results = new ArrayList<>();
        for (DeleteTopicState topic : wanted) {
            results.add(
                    seen.add(topic)
                            ? delete(image, topic, request.timeoutMs())
                            : CompletableFuture.completedFuture(
                                    failure(topic, new InvalidRequestException("The topic is named twice."))));
        }
        return Futures.all(results).thenApply(done -> {
            DeleteTopicsResponseData response = new DeleteTopicsResponseData();
            results.forEach(result -> response.responses().add(result.join()));
            return response;
        });
    }

    private CompletableFuture<DeletableTopicResult> delete(ClusterImage image, DeleteTopicState wanted, int timeoutMs) {
        try {
            boolean byId = !wanted.topicId().equals(Uuid.ZERO_UUID);
            if (byId == (wanted.name() != null)) {
                throw new InvalidRequestException("A topic to delete needs a name or an id, and not both.");
            }
            if (!enabled) {
                throw new TopicDeletionDisabledException("Topic deletion is disabled (delete.topic.enable).");
            }
            TopicImage topic =
                    byId ? LocalPartitions.topic(image, wanted.topicId()) : LocalPartitions.topic(image, wanted.name());
            return Futures.within(metadata.deleteTopic(topic.id()), timeoutMs)
                    .handle((done, problem) -> problem == null
                            ? new DeletableTopicResult().setName(topic.name()).setTopicId(topic.id())
                            : failure(wanted, Futures.cause(problem)));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failure(wanted, e));
        }
    }

    private static DeletableTopicResult failure(DeleteTopicState wanted, Throwable problem) {
        return new DeletableTopicResult()
                .setName(wanted.name())
                .setTopicId(wanted.topicId())
                .setErrorCode(Errors.forException(problem).code())
                .setErrorMessage(Futures.message(problem));
    }
}
