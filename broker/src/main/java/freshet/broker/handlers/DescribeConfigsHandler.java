package freshet.broker.handlers;

import freshet.broker.config.BrokerConfig;
import freshet.broker.controller.TopicAdmin;
import freshet.broker.log.LogConfig;
import freshet.broker.metadata.MetadataStore;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/** Tells the settings in force: of topics all, of brokers those that were given. */
public final class DescribeConfigsHandler implements RequestHandler<DescribeConfigsRequestData> {

    private final BrokerConfig config;
    private final MetadataStore metadata;
    private final TopicAdmin topics;

    public DescribeConfigsHandler(BrokerConfig config, MetadataStore metadata, TopicAdmin topics) {
        this.config = config;
        this.metadata = metadata;
        this.topics = topics;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_CONFIGS;
    }

    @Override
    public CompletableFuture<DescribeConfigsResponseData> handle(
            RequestContext context, DescribeConfigsRequestData request) {
        DescribeConfigsResponseData response = new DescribeConfigsResponseData();
        for (DescribeConfigsResource resource : request.resources()) {
            DescribeConfigsResult result = new DescribeConfigsResult()
                    .setResourceType(resource.resourceType())
                    .setResourceName(resource.resourceName());
            try {
                result.setConfigs(describe(request, resource));
            } catch (RuntimeException e) {
                result.setErrorCode(Errors.forException(e).code()).setErrorMessage(Futures.message(e));
            }
            response.results().add(result);
        }
        return CompletableFuture.completedFuture(response);
    }

    private List<DescribeConfigsResourceResult> describe(
            DescribeConfigsRequestData request, DescribeConfigsResource resource) {
        return switch (ConfigResource.Type.forId(resource.resourceType())) {
            case TOPIC -> topic(request, resource);
            case BROKER -> broker(resource);
            default ->
                throw new InvalidRequestException("Settings of resource type " + resource.resourceType()
                        + " can't be described; those of topics (2) and brokers (4) can.");
        };
    }

    private List<DescribeConfigsResourceResult> topic(
            DescribeConfigsRequestData request, DescribeConfigsResource resource) {
        LogConfig settings = topics.configOf(
                LocalPartitions.topic(metadata.image(), resource.resourceName()).configs());
        return settings.settings().values().stream()
                .filter(setting -> wanted(resource, setting.name()))
                .map(setting -> {
                    DescribeConfigsResourceResult result = new DescribeConfigsResourceResult()
                            .setName(setting.name())
                            .setValue(setting.value())
                            .setConfigSource(TopicConfigs.source(setting))
                            .setConfigType(TopicConfigs.type(setting.type()));
                    if (request.includeSynonyms()) {
                        result.synonyms()
                                .add(new DescribeConfigsSynonym()
                                        .setName(setting.name())
                                        .setValue(setting.value())
                                        .setSource(TopicConfigs.source(setting)));
                    }
                    if (request.includeDocumentation()) {
                        result.setDocumentation(setting.documentation());
                    }
                    return result;
                })
                .toList();
    }

    private List<DescribeConfigsResourceResult> broker(DescribeConfigsResource resource) {
        String name = resource.resourceName();
        if (!name.isEmpty() && !name.equals(Integer.toString(config.brokerId()))) {
            throw new InvalidRequestException(
                    "Unexpected broker id, expected " + config.brokerId() + ", but received " + name + ".");
        }
        return new TreeMap<>(config.settings().given())
                .entrySet().stream()
                        .filter(entry -> wanted(resource, entry.getKey()))
                        .map(entry -> new DescribeConfigsResourceResult()
                                .setName(entry.getKey())
                                .setValue(entry.getValue())
                                .setReadOnly(true)
                                .setConfigSource(ConfigSource.STATIC_BROKER_CONFIG.id())
                                .setConfigType(ConfigType.STRING.id()))
                        .toList();
    }

    private static boolean wanted(DescribeConfigsResource resource, String name) {
        return resource.configurationKeys() == null
                || resource.configurationKeys().isEmpty()
                || resource.configurationKeys().contains(name);
    }
}
