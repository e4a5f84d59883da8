package freshet.dashboard;

import freshet.dashboard.http.HttpConfig;
import freshet.storage.sql.HistoryConfig;
import java.nio.file.Path;
import java.util.Map;

/**
 * Settings of the dashboard.
 *
 * @param http where it listens, and limits
 * @param bootstrapServers the Kafka cluster that holds {@code trends} and {@code posts}; their streams are discovered
 * @param history where the history is kept, and how long
 * @param clientProperties further settings of its Kafka clients, e.g. for security
 */
public record DashboardConfig(
        HttpConfig http, String bootstrapServers, HistoryConfig history, Map<String, String> clientProperties) {

    public static final int PORT = 8080;

    /** The defaults: loopback, the history in {@code file}. */
    public static DashboardConfig of(int port, String bootstrapServers, Path file) {
        return new DashboardConfig(
                HttpConfig.of("127.0.0.1", port), bootstrapServers, HistoryConfig.of(file), Map.of());
    }
}
