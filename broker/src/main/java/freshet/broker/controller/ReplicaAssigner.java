package freshet.broker.controller;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;

/**
 * Spreads partitions over brokers: leaders in turn from a given start, followers shifted by one more with every round,
 * so that the followers of one leader are spread too.
 */
final class ReplicaAssigner {

    private ReplicaAssigner() {}

    /**
     * @param brokers ids of the brokers that are up, in order
     * @param firstIndex index of the first partition to place
     * @param start which broker leads partition 0
     * @return the replicas of each partition, leader first
     */
    static List<List<Integer>> assign(List<Integer> brokers, int partitions, int replicas, int firstIndex, int start) {
        if (replicas < 1) {
            throw new InvalidReplicationFactorException("Replication factor must be 1 or more, not " + replicas + ".");
        }
        if (replicas > brokers.size()) {
            throw new InvalidReplicationFactorException(
                    "Replication factor " + replicas + " needs as many brokers, but " + brokers.size()
                            + (brokers.size() == 1 ? " is" : " are") + " up.");
        }
        int count = brokers.size();
        List<List<Integer>> assignment = new ArrayList<>(partitions);
        for (int index = firstIndex; index < firstIndex + partitions; index++) {
            int leader = Math.floorMod((long) start + index, count);
            int shift = index / count;
            List<Integer> ids = new ArrayList<>(replicas);
            ids.add(brokers.get(leader));
            for (int follower = 0; follower < replicas - 1; follower++) {
                int step = 1 + Math.floorMod(shift + follower, count - 1);
                ids.add(brokers.get((leader + step) % count));
            }
            assignment.add(ids);
        }
        return assignment;
    }
}
