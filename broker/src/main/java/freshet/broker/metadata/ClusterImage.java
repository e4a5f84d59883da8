package freshet.broker.metadata;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/**
 * The cluster at one moment. Immutable: a reader keeps one for as long as one request takes, so that all parts of an
 * answer agree.
 */
public final class ClusterImage {

    /** Before anything was read from the store. */
    public static final ClusterImage EMPTY = new ClusterImage("", -1, Map.of(), Map.of());

    private final String clusterId;
    private final int controllerId;
    private final NavigableMap<Integer, BrokerImage> brokers;
    private final NavigableMap<String, TopicImage> topicsByName;
    private final Map<Uuid, TopicImage> topicsById;

    /** @param controllerId id of the broker that is controller, -1 if none is */
    public ClusterImage(
            String clusterId, int controllerId, Map<Integer, BrokerImage> brokers, Map<String, TopicImage> topics) {
        this.clusterId = clusterId;
        this.controllerId = controllerId;
        this.brokers = Collections.unmodifiableNavigableMap(new TreeMap<>(brokers));
        this.topicsByName = Collections.unmodifiableNavigableMap(new TreeMap<>(topics));
        Map<Uuid, TopicImage> byId = new HashMap<>();
        topics.values().forEach(topic -> byId.put(topic.id(), topic));
        this.topicsById = Collections.unmodifiableMap(byId);
    }

    public String clusterId() {
        return clusterId;
    }

    public int controllerId() {
        return controllerId;
    }

    /** Brokers that are up, by id. */
    public NavigableMap<Integer, BrokerImage> brokers() {
        return brokers;
    }

    public NavigableMap<String, TopicImage> topics() {
        return topicsByName;
    }

    public Optional<TopicImage> topic(String name) {
        return Optional.ofNullable(topicsByName.get(name));
    }

    public Optional<TopicImage> topic(Uuid id) {
        return Optional.ofNullable(topicsById.get(id));
    }

    public Optional<PartitionImage> partition(String topic, int index) {
        return topic(topic).flatMap(found -> found.partition(index));
    }
}
