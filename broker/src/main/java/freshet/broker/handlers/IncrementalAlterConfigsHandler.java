package freshet.broker.handlers;

import freshet.broker.controller.TopicAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Changes single settings of topics. A broker's settings come from its start and stay. */
public final class IncrementalAlterConfigsHandler implements RequestHandler<IncrementalAlterConfigsRequestData> {

    private final TopicAdmin topics;

    public IncrementalAlterConfigsHandler(TopicAdmin topics) {
        this.topics = topics;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.INCREMENTAL_ALTER_CONFIGS;
    }

    @Override
    public CompletableFuture<IncrementalAlterConfigsResponseData> handle(
            RequestContext context, IncrementalAlterConfigsRequestData request) {
        List<CompletableFuture<AlterConfigsResourceResponse>> results = new ArrayList<>();
        request.resources().forEach(resource -> results.add(alter(resource, request.validateOnly())));
        return Futures.all(results).thenApply(done -> {
            IncrementalAlterConfigsResponseData response = new IncrementalAlterConfigsResponseData();
            results.forEach(result -> response.responses().add(result.join()));
            return response;
        });
    }

    private CompletableFuture<AlterConfigsResourceResponse> alter(AlterConfigsResource resource, boolean validateOnly) {
        try {
            if (resource.resourceType() != ConfigResource.Type.TOPIC.id()) {
                throw new InvalidRequestException("Only settings of topics can be altered while the broker runs.");
            }
            return topics.changeConfigs(resource.resourceName(), own -> change(own, resource), validateOnly)
                    .handle((done, problem) -> result(resource, problem == null ? null : Futures.cause(problem)));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(result(resource, e));
        }
    }

    private Map<String, String> change(Map<String, String> own, AlterConfigsResource resource) {
        Map<String, String> changed = TopicConfigChange.copy(own);
        for (AlterableConfig config : resource.configs()) {
            TopicConfigChange.apply(
                    changed, topics.configOf(own), config.configOperation(), config.name(), config.value());
        }
        return changed;
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
