package freshet.broker.metadata;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;

/**
 * Where the cluster's metadata lives.
 *
 * <p>A future returned here completes after the change is written <em>and</em> this broker's {@link #image()} shows it
 * and all listeners have seen it: a topic that was created can be produced to at once. It fails with Kafka's
 * {@code ApiException}s: {@code TopicExistsException}, {@code UnknownTopicOrPartitionException}, and the retriable
 * {@code TimeoutException} when the store cannot be reached.
 */
public interface MetadataStore extends AutoCloseable {

    /** The newest picture of the cluster; never null, cheap. */
    ClusterImage image();

    /** Adds a listener, which is told at once of the present image (with {@link ClusterImage#EMPTY} before it). */
    void addListener(MetadataListener listener);

    /**
     * Creates a topic.
     *
     * @param assignment replicas of each partition, preferred leader first
     */
    CompletableFuture<TopicImage> createTopic(String name, List<List<Integer>> assignment, Map<String, String> configs);

    /** Deletes the topic with this id; its name is free again when the future completes. */
    CompletableFuture<Void> deleteTopic(Uuid id);

    /** Appends partitions to a topic. */
    CompletableFuture<TopicImage> addPartitions(String name, List<List<Integer>> assignment);

    /** Replaces all settings of a topic. */
    CompletableFuture<TopicImage> setTopicConfigs(String name, Map<String, String> configs);

    /** Changes leader, epochs and in-sync replicas; the controller alone calls it. */
    CompletableFuture<TopicImage> setPartitionStates(String name, List<PartitionImage> partitions);

    /** Reserves {@code size} producer ids that no one else, before or after any restart, is given; the first of them. */
    CompletableFuture<Long> reserveProducerIds(int size);

    @Override
    void close();
}
