package freshet.broker.handlers;

import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.TopicImage;
import freshet.broker.partition.Partition;
import freshet.broker.partition.Partitions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.FencedLeaderEpochException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.UnknownLeaderEpochException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds the partitions that a request names, or says in Kafka's terms why it can't have them. */
final class LocalPartitions {

    private static final int NO_EPOCH = -1;

    private final int brokerId;
    private final MetadataStore metadata;
    private final Partitions partitions;

    LocalPartitions(int brokerId, MetadataStore metadata, Partitions partitions) {
        this.brokerId = brokerId;
        this.metadata = metadata;
        this.partitions = partitions;
    }

    /** One picture of the cluster to answer one request from. */
    ClusterImage image() {
        return metadata.image();
    }

    /** @throws UnknownTopicIdException when there is no such topic (any more) */
    static TopicImage topic(ClusterImage image, Uuid id) {
        return image.topic(id).orElseThrow(() -> new UnknownTopicIdException("There is no topic with id " + id + "."));
    }

    /** @throws UnknownTopicOrPartitionException when there is no such topic */
    static TopicImage topic(ClusterImage image, String name) {
        return image.topic(name).orElseThrow(() -> unknown(name));
    }

    private static UnknownTopicOrPartitionException unknown(String name) {
        return new UnknownTopicOrPartitionException("There is no topic " + name + ".");
    }

    /**
     * The partition, led by this broker.
     *
     * @throws UnknownTopicOrPartitionException when the topic has no such partition
     * @throws NotLeaderOrFollowerException when another broker leads it, or this one doesn't yet
     */
    Partition led(TopicImage topic, int index) {
        int leader = topic.partition(index)
                .orElseThrow(() -> new UnknownTopicOrPartitionException(
                        "Topic " + topic.name() + " has no partition " + index + "."))
                .leader();
        if (leader != brokerId) {
            throw new NotLeaderOrFollowerException("Partition " + topic.name() + "-" + index + " is led elsewhere.");
        }
        return partitions
                .get(new TopicPartition(topic.name(), index))
                .filter(partition -> partition.id().topicId().equals(topic.id()))
                .orElseThrow(() -> new NotLeaderOrFollowerException(
                        "Partition " + topic.name() + "-" + index + " is not ready here."));
    }

    /**
     * The same, when the client's idea of the leader epoch is ours.
     *
     * @param clientEpoch -1 when the client has none
     */
    Partition led(TopicImage topic, int index, int clientEpoch) {
        Partition partition = led(topic, index);
        int epoch = partition.leaderEpoch();
        if (clientEpoch != NO_EPOCH && clientEpoch < epoch) {
            throw new FencedLeaderEpochException("Leader epoch " + clientEpoch + " is past, now is " + epoch + ".");
        }
        if (clientEpoch != NO_EPOCH && clientEpoch > epoch) {
            throw new UnknownLeaderEpochException(
                    "Leader epoch " + clientEpoch + " is not known here yet, known is " + epoch + ".");
        }
        return partition;
    }
}
