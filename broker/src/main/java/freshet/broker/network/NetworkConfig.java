package freshet.broker.network;

import freshet.broker.config.Settings;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * Limits of the network layer, by Kafka's names.
 *
 * @param eventLoops {@code num.network.threads}
 * @param maxRequestBytes {@code socket.request.max.bytes}: a larger request closes its connection. By default Kafka's
 *     100 MiB or a quarter of the heap, whichever is less
 * @param queuedBytes {@code queued.max.request.bytes}: what requests of all connections may hold before nobody is read
 *     from; by default {@code maxRequestBytes}
 * @param maxIdle {@code connections.max.idle.ms}
 * @param maxConnections {@code max.connections}
 * @param maxInFlight {@code max.in.flight.requests}: started and not fully answered requests of one connection. Not
 *     Kafka's, which always has one
 */
public record NetworkConfig(
        int eventLoops, int maxRequestBytes, long queuedBytes, Duration maxIdle, int maxConnections, int maxInFlight) {

    private static final ConfigDef KEYS = new ConfigDef()
            .define("num.network.threads", Type.INT, defaultEventLoops(), Range.between(1, 1024), Importance.HIGH, "")
            .define(
                    "socket.request.max.bytes",
                    Type.INT,
                    defaultMaxRequestBytes(),
                    Range.atLeast(1024),
                    Importance.MEDIUM,
                    "")
            .define("queued.max.request.bytes", Type.LONG, -1L, Importance.MEDIUM, "")
            .define("connections.max.idle.ms", Type.LONG, 600_000L, Range.atLeast(1), Importance.MEDIUM, "")
            .define("max.connections", Type.INT, 10_000, Range.atLeast(1), Importance.MEDIUM, "")
            .define("max.in.flight.requests", Type.INT, 32, Range.between(1, 10_000), Importance.LOW, "");

    public static NetworkConfig from(Settings settings) {
        Settings.Values values = settings.read(KEYS);
        int maxRequestBytes = values.integer("socket.request.max.bytes");
        long queued = values.longInteger("queued.max.request.bytes");
        return new NetworkConfig(
                values.integer("num.network.threads"),
                maxRequestBytes,
                queued > 0 ? queued : maxRequestBytes,
                Duration.ofMillis(values.longInteger("connections.max.idle.ms")),
                values.integer("max.connections"),
                values.integer("max.in.flight.requests"));
    }

    private static int defaultEventLoops() {
        return Math.min(3, Runtime.getRuntime().availableProcessors());
    }

    private static int defaultMaxRequestBytes() {
        return (int) Math.min(100L << 20, Runtime.getRuntime().maxMemory() / 4);
    }
}
