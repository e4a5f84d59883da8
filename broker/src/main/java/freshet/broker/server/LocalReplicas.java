package freshet.broker.server;

import freshet.broker.log.LogConfig;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataListener;
import freshet.broker.metadata.PartitionImage;
import freshet.broker.metadata.TopicImage;
import freshet.broker.partition.Partition;
import freshet.broker.partition.Partitions;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the partitions on this broker's disk what the cluster's metadata says they are. On the metadata thread only. */
final class LocalReplicas implements MetadataListener {

    private static final Logger LOG = LoggerFactory.getLogger(LocalReplicas.class);

    private final int brokerId;
    private final Partitions partitions;
    private final LogConfig defaults;

    LocalReplicas(int brokerId, Partitions partitions, LogConfig defaults) {
        this.brokerId = brokerId;
        this.partitions = partitions;
        this.defaults = defaults;
    }

    @Override
    public void onChange(ClusterImage before, ClusterImage now) {
        for (TopicImage topic : before.topics().values()) {
            boolean gone = now.topic(topic.id()).isEmpty();
            if (gone) {
                topic.partitions().forEach(partition -> partitions.delete(name(topic, partition)));
            }
        }
        for (TopicImage topic : now.topics().values()) {
            TopicImage old = before.topic(topic.id()).orElse(null);
            if (!topic.equals(old)) {
                apply(old, topic);
            }
        }
    }

    private void apply(TopicImage old, TopicImage topic) {
        LogConfig config = config(topic);
        if (old != null && !old.configs().equals(topic.configs())) {
            partitions.updateConfig(topic.name(), config);
        }
        for (PartitionImage partition : topic.partitions()) {
            PartitionImage known =
                    old == null ? null : old.partition(partition.index()).orElse(null);
            if (partition.replicas().contains(brokerId) && !partition.equals(known)) {
                try {
                    Partition local = partitions.create(
                            new TopicIdPartition(topic.id(), partition.index(), topic.name()), config);
                    if (partition.leader() == brokerId) {
                        local.lead(partition.leaderEpoch());
                    }
                } catch (RuntimeException e) {
                    // The others must not suffer; clients hear that this one is not ready.
                    LOG.error("Cannot open partition {}", name(topic, partition), e);
                }
            }
        }
    }

    private LogConfig config(TopicImage topic) {
        try {
            return defaults.withOverrides(topic.configs());
        } catch (InvalidConfigurationException e) {
            LOG.error("Settings of topic {} are not valid here, using the broker's: {}", topic.name(), e.getMessage());
            return defaults;
        }
    }

    private static TopicPartition name(TopicImage topic, PartitionImage partition) {
        return new TopicPartition(topic.name(), partition.index());
    }
}
