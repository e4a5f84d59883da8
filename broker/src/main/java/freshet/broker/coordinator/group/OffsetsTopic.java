package freshet.broker.coordinator.group;

import freshet.broker.coordinator.ReplicaLog;
import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataListener;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.PartitionImage;
import freshet.broker.metadata.TopicImage;
import freshet.broker.partition.Partition;
import freshet.broker.partition.Partitions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic that groups live in. Follows the cluster's metadata and gives the {@link GroupCoordinator} the partitions
 * that this broker leads; creates the topic when somebody first looks for a coordinator.
 *
 * <p>It must hear of a new image after those who make the local replicas.
 */
final class OffsetsTopic implements MetadataListener {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetsTopic.class);

    static final String NAME = "__consumer_offsets";

    private final int brokerId;
    private final GroupConfig config;
    private final MetadataStore metadata;
    private final Partitions partitions;
    private final GroupCoordinator coordinator;
    private final InstantSource clock;

    OffsetsTopic(
            int brokerId,
            GroupConfig config,
            MetadataStore metadata,
            Partitions partitions,
            GroupCoordinator coordinator,
            InstantSource clock) {
        this.brokerId = brokerId;
        this.config = config;
        this.metadata = metadata;
        this.partitions = partitions;
        this.coordinator = coordinator;
        this.clock = clock;
    }

    /** How many partitions it has, 0 while it does not exist. */
    static int partitionCount(ClusterImage image) {
        return image.topic(NAME).map(topic -> topic.partitions().size()).orElse(0);
    }

    @Override
    public void onChange(ClusterImage before, ClusterImage now) {
        Optional<TopicImage> was = before.topic(NAME);
        Optional<TopicImage> is = now.topic(NAME);
        int count = Math.max(partitionCount(before), partitionCount(now));
        for (int index = 0; index < count; index++) {
            Optional<Leadership> old = leadership(was, index);
            Optional<Leadership> current = leadership(is, index);
            if (!old.equals(current)) {
                follow(index, current.isPresent());
            }
        }
        for (String topic : before.topics().keySet()) {
            if (now.topic(topic).isEmpty() && !topic.equals(NAME)) {
                coordinator.forgetTopic(topic);
            }
        }
    }

    /** What makes this broker load a partition anew when it changes. */
    private record Leadership(Uuid topicId, int leaderEpoch) {}

    /** Empty if it is not ours. */
    private Optional<Leadership> leadership(Optional<TopicImage> topic, int index) {
        return topic.flatMap(found -> found.partition(index)
                .filter(partition -> partition.leader() == brokerId)
                .map(partition -> new Leadership(found.id(), partition.leaderEpoch())));
    }

    private void follow(int index, boolean leads) {
        Optional<Partition> replica = leads ? partitions.get(new TopicPartition(NAME, index)) : Optional.empty();
        if (replica.isPresent()) {
            coordinator.lead(index, new ReplicaLog<>(replica.get(), new GroupRecordCodec(), clock));
        } else {
            coordinator.resign(index);
            if (leads) {
                LOG.error("This broker leads {}-{} but has no replica of it: its groups are not served.", NAME, index);
            }
        }
    }

    /** The broker that coordinates the group; empty while the partition has no leader. Creates the topic if need be. */
    CompletableFuture<Optional<BrokerImage>> coordinatorOf(String groupId) {
        return exists().thenApply(topic -> topic.partition(
                        GroupCoordinator.partitionOf(groupId, topic.partitions().size()))
                .filter(PartitionImage::hasLeader)
                .map(partition -> metadata.image().brokers().get(partition.leader())));
    }

    private CompletableFuture<TopicImage> exists() {
        Optional<TopicImage> there = metadata.image().topic(NAME);
        if (there.isPresent()) {
            return CompletableFuture.completedFuture(there.get());
        }
        return metadata.createTopic(NAME, assignment(), settings()).exceptionallyCompose(error -> {
            Throwable cause = error instanceof CompletionException ? error.getCause() : error;
            Optional<TopicImage> meanwhile = metadata.image().topic(NAME);
            // Somebody else was first.
            return cause instanceof TopicExistsException && meanwhile.isPresent()
                    ? CompletableFuture.completedFuture(meanwhile.get())
                    : CompletableFuture.failedFuture(cause);
        });
    }

    private List<List<Integer>> assignment() {
        List<Integer> brokers = new ArrayList<>(metadata.image().brokers().keySet());
        int replicas = Math.min(config.offsetsTopicReplicationFactor(), brokers.size());
        List<List<Integer>> assignment = new ArrayList<>(config.offsetsTopicPartitions());
        for (int index = 0; index < config.offsetsTopicPartitions(); index++) {
            List<Integer> chosen = new ArrayList<>(replicas);
            for (int replica = 0; replica < replicas; replica++) {
                chosen.add(brokers.get((index + replica) % brokers.size()));
            }
            assignment.add(chosen);
        }
        return assignment;
    }

    private Map<String, String> settings() {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.SEGMENT_BYTES_CONFIG,
                String.valueOf(config.offsetsTopicSegmentBytes()),
                TopicConfig.COMPRESSION_TYPE_CONFIG,
                "producer");
    }
}
