package freshet.broker.metadata;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * One topic.
 *
 * @param partitions by index, without gaps
 * @param configs only what was set for this topic, by Kafka's names
 */
public record TopicImage(Uuid id, String name, List<PartitionImage> partitions, Map<String, String> configs) {

    public TopicImage {
        partitions = List.copyOf(partitions);
        configs = Map.copyOf(configs);
    }

    public Optional<PartitionImage> partition(int index) {
        return index >= 0 && index < partitions.size() ? Optional.of(partitions.get(index)) : Optional.empty();
    }
}
