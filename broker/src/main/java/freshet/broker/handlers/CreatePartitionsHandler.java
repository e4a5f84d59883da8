package freshet.broker.handlers;

import freshet.broker.controller.TopicAdmin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Adds partitions to topics. */
public final class CreatePartitionsHandler implements RequestHandler<CreatePartitionsRequestData> {

    private final TopicAdmin topics;

    public CreatePartitionsHandler(TopicAdmin topics) {
        this.topics = topics;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.CREATE_PARTITIONS;
    }

    @Override
    public CompletableFuture<CreatePartitionsResponseData> handle(
            RequestContext context, CreatePartitionsRequestData request) {
        Set<String> seen = new HashSet<>();
        List<CompletableFuture<CreatePartitionsTopicResult>> results = new ArrayList<>();
        for (CreatePartitionsTopic topic : request.topics()) {
            results.add(
                    seen.add(topic.name())
                            ? grow(request, topic)
                            : CompletableFuture.completedFuture(
                                    result(topic.name(), new InvalidRequestException("The topic is named twice."))));
        }
        return Futures.all(results).thenApply(done -> {
            CreatePartitionsResponseData response = new CreatePartitionsResponseData();
            results.forEach(result -> response.results().add(result.join()));
            return response;
        });
    }

    private CompletableFuture<CreatePartitionsTopicResult> grow(
            CreatePartitionsRequestData request, CreatePartitionsTopic topic) {
        try {
            List<List<Integer>> byHand = topic.assignments() == null
                    ? List.of()
                    : topic.assignments().stream()
                            .map(CreatePartitionsAssignment::brokerIds)
                            .toList();
            List<List<Integer>> assignment = topics.planPartitions(topic.name(), topic.count(), byHand);
            if (request.validateOnly()) {
                return CompletableFuture.completedFuture(result(topic.name(), null));
            }
            return Futures.within(topics.addPartitions(topic.name(), assignment), request.timeoutMs())
                    .handle((grown, problem) -> result(topic.name(), problem == null ? null : Futures.cause(problem)));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(result(topic.name(), e));
        }
    }

    private static CreatePartitionsTopicResult result(String name, Throwable problem) {
        CreatePartitionsTopicResult result = new CreatePartitionsTopicResult().setName(name);
        return problem == null
                ? result
                : result.setErrorCode(Errors.forException(problem).code()).setErrorMessage(Futures.message(problem));
    }
}
