package freshet.broker.network;

import java.net.InetSocketAddress;

/**
 * Names a connection.
 *
 * @param id unique in the life of the process: {@code local-remote-number}, as Kafka writes it
 * @param listener name of the listener that accepted it
 */
public record ConnectionInfo(String id, String listener, InetSocketAddress remote) {

    @Override
    public String toString() {
        return remote.getAddress().getHostAddress() + ":" + remote.getPort();
    }
}
