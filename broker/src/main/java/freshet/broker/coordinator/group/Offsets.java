package freshet.broker.coordinator.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A group's committed offsets, by topic and partition. Changed by replay alone. */
final class Offsets {
    private final Map<String, Map<Integer, CommittedOffset>> byTopic = new HashMap<>();

    /** Null if the group has committed none there. */
    CommittedOffset get(String topic, int partition) {
        return of(topic).get(partition);
    }

    /** Those of one topic, in order of partition. */
    Map<Integer, CommittedOffset> of(String topic) {
        return byTopic.getOrDefault(topic, Map.of());
    }

    Collection<String> topics() {
        return List.copyOf(byTopic.keySet());
    }

    boolean isEmpty() {
        return byTopic.isEmpty();
    }

    /** Sets an offset, or (null) forgets it. */
    void replay(String topic, int partition, CommittedOffset value) {
        if (value != null) {
            byTopic.computeIfAbsent(topic, ignored -> new TreeMap<>()).put(partition, value);
            return;
        }
        byTopic.computeIfPresent(topic, (ignored, partitions) -> {
            partitions.remove(partition);
            return partitions.isEmpty() ? null : partitions;
        });
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Offsets that && byTopic.equals(that.byTopic);
    }

    @Override
    public int hashCode() {
        return byTopic.hashCode();
    }
}
