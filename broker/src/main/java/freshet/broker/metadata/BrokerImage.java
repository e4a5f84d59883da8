package freshet.broker.metadata;

import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * A broker that is up.
 *
 * @param incarnation one per start of the process; tells a broker from its own dead predecessor
 * @param endpoints advertised address by listener name
 * @param rack empty when not set
 */
public record BrokerImage(int id, Uuid incarnation, Map<String, Endpoint> endpoints, String rack) {

    /** An address that clients are told to connect to. */
    public record Endpoint(String host, int port) {}

    public BrokerImage {
        endpoints = Map.copyOf(endpoints);
    }
}
