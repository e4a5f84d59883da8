package freshet.trends.recount;

import freshet.trends.runtime.Committed;
import freshet.trends.runtime.Outgoing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** A topic log in memory: what it has taken survives every crash of its clients. */
final class SimulatedLog {

    /** A stored record. */
    record Stored(long timestamp, byte[] key, byte[] value) {}

    /** One partition. */
    static final class Partition {
        final List<Stored> records = new ArrayList<>();
        long start;

        long end() {
            return records.size();
        }
    }

    /** One consumer group: who has which partition, by the group's word. */
    final class Group {
        final Map<Integer, Committed> committed = new TreeMap<>();
        /** Partitions of which the snapshot that was committed last can't be read. */
        final Set<Integer> damaged = new HashSet<>();

        final List<SimulatedClient> members = new ArrayList<>();
        final Map<Integer, SimulatedClient> owners = new TreeMap<>();
        /** How often a partition was given to someone: who gets it back knows that it was gone. */
        final Map<Integer, Integer> handovers = new TreeMap<>();

        /** Hands out what nobody has, and takes from those with more than their share. */
        void rebalance(int partitions) {
            owners.values().removeIf(owner -> !members.contains(owner));
            if (members.isEmpty()) {
                return;
            }
            int share = (partitions + members.size() - 1) / members.size();
            Map<SimulatedClient, Integer> load = new HashMap<>();
            owners.entrySet().removeIf(e -> load.merge(e.getValue(), 1, Integer::sum) > share);
            for (int partition = 0; partition < partitions; partition++) {
                if (!owners.containsKey(partition)) {
                    List<SimulatedClient> free = members.stream()
                            .filter(m -> load.getOrDefault(m, 0) < share)
                            .toList();
                    SimulatedClient next = free.get(random.nextInt(free.size()));
                    owners.put(partition, next);
                    handovers.merge(partition, 1, Integer::sum);
                    load.merge(next, 1, Integer::sum);
                }
            }
        }
    }

    private final Random random;
    private final Map<String, List<Partition>> topics = new TreeMap<>();
    private final Map<String, Group> groups = new TreeMap<>();

    SimulatedLog(Random random) {
        this.random = random;
    }

    void create(String topic, int partitions) {
        List<Partition> list = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            list.add(new Partition());
        }
        topics.put(topic, list);
    }

    List<Partition> topic(String topic) {
        return topics.get(topic);
    }

    Partition partition(String topic, int partition) {
        return topics.get(topic).get(partition);
    }

    Group group(String step) {
        return groups.computeIfAbsent(step, k -> new Group());
    }

    long append(Outgoing record) {
        Partition partition = partition(record.topic(), record.partition());
        partition.records.add(new Stored(record.timestamp(), record.key(), record.value()));
        return partition.end() - 1;
    }
}
