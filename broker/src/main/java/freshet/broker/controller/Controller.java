package freshet.broker.controller;

import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataListener;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.PartitionImage;
import freshet.broker.metadata.TopicImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every partition led, while this broker is controller: a partition whose leader is gone is given to the first
 * of its replicas that is up and in sync, or to nobody until one comes back. What was acknowledged is only in the
 * in-sync replicas, so no other is ever chosen.
 */
public final class Controller implements MetadataListener {

    private static final Logger LOG = LoggerFactory.getLogger(Controller.class);

    private final int brokerId;
    private final MetadataStore metadata;

    public Controller(int brokerId, MetadataStore metadata) {
        this.brokerId = brokerId;
        this.metadata = metadata;
    }

    @Override
    public void onChange(ClusterImage before, ClusterImage now) {
        boolean sameMembers = before.controllerId() == now.controllerId()
                && before.brokers().keySet().equals(now.brokers().keySet());
        if (now.controllerId() != brokerId || sameMembers) {
            return;
        }
        for (TopicImage topic : now.topics().values()) {
            List<PartitionImage> changed = elections(topic, now.brokers().keySet());
            if (!changed.isEmpty()) {
                LOG.info("Changing the leaders of {} partitions of topic {}", changed.size(), topic.name());
                metadata.setPartitionStates(topic.name(), changed).whenComplete((done, problem) -> {
                    if (problem != null) {
                        LOG.error("Cannot change leaders of topic {}", topic.name(), problem);
                    }
                });
            }
        }
    }

    static List<PartitionImage> elections(TopicImage topic, Set<Integer> up) {
        List<PartitionImage> changed = new ArrayList<>();
        for (PartitionImage partition : topic.partitions()) {
            if (!up.contains(partition.leader())) {
                elect(partition, up).ifPresent(changed::add);
            }
        }
        return changed;
    }

    private static Optional<PartitionImage> elect(PartitionImage partition, Set<Integer> up) {
        List<Integer> candidates = partition.replicas().stream()
                .filter(partition.isr()::contains)
                .filter(up::contains)
                .toList();
        if (candidates.isEmpty() && !partition.hasLeader()) {
            return Optional.empty();
        }
        int leader = candidates.isEmpty() ? PartitionImage.NO_LEADER : candidates.get(0);
        // The last in-sync replicas stay in the set though they are down: only they have everything.
        List<Integer> isr = candidates.isEmpty() ? partition.isr() : candidates;
        return Optional.of(new PartitionImage(
                partition.index(),
                partition.replicas(),
                leader,
                partition.leaderEpoch() + 1,
                isr,
                partition.partitionEpoch() + 1));
    }
}
