package freshet.broker.handlers;

import freshet.broker.log.LogConfig;
import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataListener;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.PartitionImage;
import freshet.broker.metadata.TopicImage;
import freshet.broker.partition.Partitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;

/** The metadata of a cluster of one, which makes the replicas of its topics at once. */
final class MemoryMetadata implements MetadataStore {
    static final int BROKER = 1;

    private final List<MetadataListener> listeners = new ArrayList<>();
    private final Map<String, TopicImage> topics = new HashMap<>();
    private final Partitions partitions;
    private ClusterImage image = ClusterImage.EMPTY;

    MemoryMetadata(Partitions partitions, Map<String, TopicImage> topics) {
        this.partitions = partitions;
        topics.values().forEach(this::put);
    }

    private void put(TopicImage topic) {
        topic.partitions()
                .forEach(partition -> partitions.create(
                        new TopicIdPartition(topic.id(), partition.index(), topic.name()),
                        LogConfig.defaults().withOverrides(topic.configs())));
        topics.put(topic.name(), topic);
        publish();
    }

    private void publish() {
        ClusterImage before = image;
        BrokerImage broker = new BrokerImage(
                BROKER, Uuid.ONE_UUID, Map.of("PLAINTEXT", new BrokerImage.Endpoint("localhost", 9092)), "");
        image = new ClusterImage("cluster", BROKER, Map.of(BROKER, broker), topics);
        listeners.forEach(listener -> listener.onChange(before, image));
    }

    @Override
    public ClusterImage image() {
        return image;
    }

    @Override
    public void addListener(MetadataListener listener) {
        listeners.add(listener);
        listener.onChange(ClusterImage.EMPTY, image);
    }

    @Override
    public CompletableFuture<TopicImage> createTopic(
            String name, List<List<Integer>> assignment, Map<String, String> configs) {
        if (topics.containsKey(name)) {
            return CompletableFuture.failedFuture(new TopicExistsException(name));
        }
        List<PartitionImage> created = new ArrayList<>();
        for (int index = 0; index < assignment.size(); index++) {
            List<Integer> replicas = assignment.get(index);
            created.add(new PartitionImage(index, replicas, replicas.get(0), 0, replicas, 0));
        }
        put(new TopicImage(Uuid.randomUuid(), name, created, configs));
        return CompletableFuture.completedFuture(topics.get(name));
    }

    @Override
    public CompletableFuture<Void> deleteTopic(Uuid id) {
        topics.values().removeIf(topic -> topic.id().equals(id));
        publish();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<TopicImage> addPartitions(String name, List<List<Integer>> assignment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<TopicImage> setTopicConfigs(String name, Map<String, String> configs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<TopicImage> setPartitionStates(String name, List<PartitionImage> states) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Long> reserveProducerIds(int size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
