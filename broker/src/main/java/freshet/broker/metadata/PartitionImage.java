package freshet.broker.metadata;

import java.util.List;

/**
 * One partition as the cluster sees it. {@code replicas} is the assignment, which hardly ever changes; the rest moves
 * when brokers come and go.
 *
 * @param leader broker id, or {@link #NO_LEADER}
 * @param leaderEpoch grows by one with every election
 * @param partitionEpoch grows by one with every change of leader or in-sync replicas
 */
public record PartitionImage(
        int index, List<Integer> replicas, int leader, int leaderEpoch, List<Integer> isr, int partitionEpoch) {

    public static final int NO_LEADER = -1;

    public PartitionImage {
        replicas = List.copyOf(replicas);
        isr = List.copyOf(isr);
    }

    public boolean hasLeader() {
        return leader != NO_LEADER;
    }
}
