package freshet.broker.coordinator.group;

import org.apache.kafka.common.Uuid;

/** Which topics exist; may be called from any thread. */
@FunctionalInterface
public interface TopicIds {
    /** The id of the topic that has this name now; zero if there is none. */
    Uuid idOf(String topic);
}
