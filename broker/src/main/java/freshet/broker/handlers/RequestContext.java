package freshet.broker.handlers;

import java.net.InetAddress;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/**
 * Who asks, and how.
 *
 * @param apiVersion version of the request, and so of its response
 * @param clientId as the client calls itself; empty when it gave none
 * @param connectionId unique among the connections of this process's life
 * @param listener name of the listener that accepted the connection
 */
public record RequestContext(
        ApiKeys key,
        short apiVersion,
        int correlationId,
        String clientId,
        String connectionId,
        InetAddress clientAddress,
        String listener,
        KafkaPrincipal principal) {

    /** The client's host as group descriptions show it: {@code /10.0.0.7}. */
    public String clientHost() {
        return clientAddress.toString();
    }
}
