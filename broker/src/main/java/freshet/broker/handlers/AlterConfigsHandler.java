package freshet.broker.handlers;

import freshet.broker.controller.TopicAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Replaces all settings of topics, as clients before IncrementalAlterConfigs do (librdkafka is one). */
public final class AlterConfigsHandler implements RequestHandler<AlterConfigsRequestData> {

    private final TopicAdmin topics;

    public AlterConfigsHandler(TopicAdmin topics) {
        this.topics = topics;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.ALTER_CONFIGS;
    }

    @Override
    public CompletableFuture<AlterConfigsResponseData> handle(RequestContext context, AlterConfigsRequestData request) {
        List<CompletableFuture<AlterConfigsResourceResponse>> results = new ArrayList<>();
        request.resources().forEach(resource -> results.add(alter(resource, request.validateOnly())));
        return Futures.all(results).thenApply(done -> {
            AlterConfigsResponseData response = new AlterConfigsResponseData();
            results.forEach(result -> response.responses().add(result.join()));
            return response;
        });
    }

    private CompletableFuture<AlterConfigsResourceResponse> alter(AlterConfigsResource resource, boolean validateOnly) {
        try {
            if (resource.resourceType() != ConfigResource.Type.TOPIC.id()) {
                throw new InvalidRequestException("Only settings of topics can be altered while the broker runs.");
            }
            Map<String, String> wanted = new TreeMap<>();
            resource.configs().forEach(config -> {
                if (config.value() == null) {
                    throw new InvalidRequestException("Null value not supported for : " + config.name());
                }
                wanted.put(config.name(), config.value());
            });
            return topics.changeConfigs(resource.resourceName(), own -> wanted, validateOnly)
                    .handle((done, problem) -> result(resource, problem == null ? null : Futures.cause(problem)));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(result(resource, e));
        }
    }

    private static AlterConfigsResourceResponse result(AlterConfigsResource resource, Throwable problem) {
        AlterConfigsResourceResponse result = new AlterConfigsResourceResponse()
                .setResourceType(resource.resourceType())
                .setResourceName(resource.resourceName());
        return problem == null
                ? result
                : result.setErrorCode(Errors.forException(problem).code()).setErrorMessage(Futures.message(problem));
    }
}
