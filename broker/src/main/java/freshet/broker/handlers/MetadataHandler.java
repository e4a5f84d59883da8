package freshet.broker.handlers;

import freshet.broker.controller.TopicAdmin;
import freshet.broker.controller.TopicAdmin.NewTopic;
import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.PartitionImage;
import freshet.broker.metadata.TopicImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * Tells who leads which partition, and how to reach them. A topic that isn't there is created first where both the
 * broker and the client want it; the answer waits for it, so that the client needn't ask again.
 */
public final class MetadataHandler implements RequestHandler<MetadataRequestData> {

    private static final int CREATE_TIMEOUT_MS = 10_000;
    /** One request creates no more than this; the client asks again for the rest. */
    private static final int MAX_CREATIONS = 100;

    private final MetadataStore metadata;
    private final TopicAdmin topics;
    private final boolean autoCreate;

    /** @param autoCreate {@code auto.create.topics.enable} */
    public MetadataHandler(MetadataStore metadata, TopicAdmin topics, boolean autoCreate) {
        this.metadata = metadata;
        this.topics = topics;
        this.autoCreate = autoCreate;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.METADATA;
    }

    @Override
    public CompletableFuture<MetadataResponseData> handle(RequestContext context, MetadataRequestData request) {
        Map<String, Errors> failed = new HashMap<>();
        List<CompletableFuture<?>> creations = new ArrayList<>();
        if (autoCreate && request.allowAutoTopicCreation() && request.topics() != null) {
            for (MetadataRequestTopic topic : request.topics()) {
                String name = topic.name();
                boolean missing = name != null && metadata.image().topic(name).isEmpty() && !Topic.isInternal(name);
                if (missing && creations.size() < MAX_CREATIONS) {
                    create(name, failed).ifPresent(creations::add);
                }
            }
        }
        return creations.isEmpty()
                ? CompletableFuture.completedFuture(describe(context, request, failed))
                : Futures.all(creations).thenApply(done -> describe(context, request, failed));
    }

    private Optional<CompletableFuture<?>> create(String name, Map<String, Errors> failed) {
        try {
            return Optional.of(Futures.within(topics.create(NewTopic.withDefaults(name)), CREATE_TIMEOUT_MS)
                    .handle((created, problem) -> {
                        if (problem != null && !(Futures.cause(problem) instanceof TopicExistsException)) {
                            synchronized (failed) {
                                failed.put(name, Errors.LEADER_NOT_AVAILABLE);
                            }
                        }
                        return null;
                    }));
        } catch (TopicExistsException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            synchronized (failed) {
                failed.put(name, Errors.forException(e));
            }
            return Optional.empty();
        }
    }

    private MetadataResponseData describe(
            RequestContext context, MetadataRequestData request, Map<String, Errors> failed) {
        ClusterImage image = metadata.image();
        MetadataResponseData response =
                new MetadataResponseData().setClusterId(image.clusterId()).setControllerId(image.controllerId());
        for (BrokerImage broker : image.brokers().values()) {
            BrokerImage.Endpoint endpoint = broker.endpoints().get(context.listener());
            if (endpoint != null) {
                response.brokers()
                        .add(new MetadataResponseBroker()
                                .setNodeId(broker.id())
                                .setHost(endpoint.host())
                                .setPort(endpoint.port())
                                .setRack(broker.rack().isEmpty() ? null : broker.rack()));
            }
        }
        boolean all = request.topics() == null
                || (context.apiVersion() == 0 && request.topics().isEmpty());
        if (all) {
            image.topics().values().forEach(topic -> response.topics().add(describe(image, topic)));
        } else {
            request.topics().forEach(topic -> response.topics().add(describe(image, topic, failed)));
        }
        return response;
    }

    private static MetadataResponseTopic describe(
            ClusterImage image, MetadataRequestTopic wanted, Map<String, Errors> failed) {
        boolean byId = !wanted.topicId().equals(Uuid.ZERO_UUID);
        if (byId) {
            return image.topic(wanted.topicId())
                    .map(topic -> describe(image, topic))
                    .orElseGet(() -> new MetadataResponseTopic()
                            .setName(wanted.name())
                            .setTopicId(wanted.topicId())
                            .setErrorCode(Errors.UNKNOWN_TOPIC_ID.code()));
        }
        if (wanted.name() == null) {
            return new MetadataResponseTopic().setName("").setErrorCode(Errors.INVALID_TOPIC_EXCEPTION.code());
        }
        return image.topic(wanted.name())
                .map(topic -> describe(image, topic))
                .orElseGet(() -> new MetadataResponseTopic()
                        .setName(wanted.name())
                        .setErrorCode(missing(wanted.name(), failed).code()));
    }

    private static Errors missing(String name, Map<String, Errors> failed) {
        Errors creation;
        synchronized (failed) {
            creation = failed.get(name);
        }
        if (creation != null) {
            return creation;
        }
        return Topic.isValid(name) ? Errors.UNKNOWN_TOPIC_OR_PARTITION : Errors.INVALID_TOPIC_EXCEPTION;
    }

    private static MetadataResponseTopic describe(ClusterImage image, TopicImage topic) {
        MetadataResponseTopic result = new MetadataResponseTopic()
                .setName(topic.name())
                .setTopicId(topic.id())
                .setIsInternal(Topic.isInternal(topic.name()));
        for (PartitionImage partition : topic.partitions()) {
            boolean led = image.brokers().containsKey(partition.leader());
            result.partitions()
                    .add(new MetadataResponsePartition()
                            .setPartitionIndex(partition.index())
                            .setErrorCode((led ? Errors.NONE : Errors.LEADER_NOT_AVAILABLE).code())
                            .setLeaderId(led ? partition.leader() : PartitionImage.NO_LEADER)
                            .setLeaderEpoch(partition.leaderEpoch())
                            .setReplicaNodes(partition.replicas())
                            .setIsrNodes(partition.isr())
                            .setOfflineReplicas(offline(image, partition)));
        }
        return result;
    }

    static List<Integer> offline(ClusterImage image, PartitionImage partition) {
        return partition.replicas().stream()
                .filter(id -> !image.brokers().containsKey(id))
                .toList();
    }
}
