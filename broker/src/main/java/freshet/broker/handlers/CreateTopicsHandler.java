package freshet.broker.handlers;

import freshet.broker.controller.TopicAdmin;
import freshet.broker.controller.TopicAdmin.NewTopic;
import freshet.broker.controller.TopicAdmin.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Creates topics, or only says whether it could. */
public final class CreateTopicsHandler implements RequestHandler<CreateTopicsRequestData> {

    private static final short DETAILS_FROM = 5;

    private final TopicAdmin topics;

    public CreateTopicsHandler(TopicAdmin topics) {
        this.topics = topics;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.CREATE_TOPICS;
    }

    @Override
    public CompletableFuture<CreateTopicsResponseData> handle(RequestContext context, CreateTopicsRequestData request) {
        Map<String, Integer> times = new HashMap<>();
        request.topics().forEach(topic -> times.merge(topic.name(), 1, Integer::sum));
        List<CompletableFuture<CreatableTopicResult>> results = new ArrayList<>();
        for (CreatableTopic topic : request.topics()) {
            // Someone who asks for one topic twice gets one answer: an error.
            Integer count = times.remove(topic.name());
            if (count != null) {
                results.add(
                        count > 1
                                ? CompletableFuture.completedFuture(failure(
                                        topic.name(),
                                        new InvalidRequestException("Duplicate topic name " + topic.name())))
                                : create(context, request, topic));
            }
        }
        return Futures.all(results).thenApply(done -> {
            CreateTopicsResponseData response = new CreateTopicsResponseData();
            results.forEach(result -> response.topics().add(result.join()));
            return response;
        });
    }

    private CompletableFuture<CreatableTopicResult> create(
            RequestContext context, CreateTopicsRequestData request, CreatableTopic topic) {
        try {
            Plan plan = topics.plan(wanted(topic));
            if (request.validateOnly()) {
                return CompletableFuture.completedFuture(success(context, plan, Uuid.ZERO_UUID));
            }
            return Futures.within(topics.create(plan), request.timeoutMs())
                    .handle((created, problem) -> problem == null
                            ? success(context, plan, created.id())
                            : failure(topic.name(), Futures.cause(problem)));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failure(topic.name(), e));
        }
    }

    private static NewTopic wanted(CreatableTopic topic) {
        Map<String, String> configs = new TreeMap<>();
        for (CreatableTopicConfig config : topic.configs()) {
            if (config.value() == null) {
                throw new InvalidConfigurationException("Null value not supported for topic configs: " + config.name());
            }
            configs.put(config.name(), config.value());
        }
        boolean byHand = !topic.assignments().isEmpty();
        if (byHand && (topic.numPartitions() != -1 || topic.replicationFactor() != -1)) {
            throw new InvalidRequestException(
                    "Both numPartitions or replicationFactor and replicasAssignments were set; only one can be.");
        }
        return new NewTopic(topic.name(), topic.numPartitions(), topic.replicationFactor(), assignment(topic), configs);
    }

    private static List<List<Integer>> assignment(CreatableTopic topic) {
        Map<Integer, List<Integer>> byIndex = new TreeMap<>();
        for (CreatableReplicaAssignment assignment : topic.assignments()) {
            byIndex.put(assignment.partitionIndex(), assignment.brokerIds());
        }
        int expected = 0;
        for (int index : byIndex.keySet()) {
            if (index != expected++) {
                throw new InvalidReplicaAssignmentException(
                        "Partitions must be numbered from 0 without gaps, not " + byIndex.keySet() + ".");
            }
        }
        return List.copyOf(byIndex.values());
    }

    private static CreatableTopicResult success(RequestContext context, Plan plan, Uuid id) {
        CreatableTopicResult result =
                new CreatableTopicResult().setName(plan.name()).setTopicId(id);
        if (context.apiVersion() >= DETAILS_FROM) {
            result.setNumPartitions(plan.partitions()).setReplicationFactor((short) plan.replicas());
            plan.config()
                    .settings()
                    .values()
                    .forEach(setting -> result.configs()
                            .add(new CreatableTopicConfigs()
                                    .setName(setting.name())
                                    .setValue(setting.value())
                                    .setConfigSource(TopicConfigs.source(setting))));
        }
        return result;
    }

    private static CreatableTopicResult failure(String name, Throwable problem) {
        return new CreatableTopicResult()
                .setName(name)
                .setErrorCode(Errors.forException(problem).code())
                .setErrorMessage(Futures.message(problem));
    }
}
