package freshet.trends.runtime;

import java.util.Map;

/**
 * A record to write.
 *
 * @param topic base name
 * @param timestamp its event time, milliseconds, not negative
 * @param headers UTF-8 texts by name
 */
public record Outgoing(
        String topic, int partition, long timestamp, byte[] key, byte[] value, Map<String, String> headers) {

    public Outgoing(String topic, int partition, long timestamp, byte[] key, byte[] value) {
        this(topic, partition, timestamp, key, value, Map.of());
    }
}
