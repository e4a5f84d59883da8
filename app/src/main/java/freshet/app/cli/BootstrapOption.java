package freshet.app.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Option;

/** {@code --bootstrap-server}, for the commands that need a broker, ours or an Apache Kafka cluster. */
final class BootstrapOption {

    static final String DEFAULT = "localhost:9092";

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Option(
            names = {"--bootstrap-server", "--bootstrap-servers"},
            paramLabel = "HOST:PORT[,…]",
            description = "Brokers to connect to, Freshet's or Apache Kafka's (default: " + DEFAULT + ").")
    private String servers = DEFAULT;

    String servers() {
        return servers;
    }

    /**
     * Connects once, so that a wrong address is said at the start and not by a client that retries for ever.
     *
     * @return an admin client, which the caller closes
     */
    Admin connect() throws InterruptedException {
        return connect(servers);
    }

    static Admin connect(String servers) throws InterruptedException {
        String advice = "no Kafka broker answers at " + servers
                + "; start one with ./freshet broker, or name another with --bootstrap-server HOST:PORT";
        Admin admin;
        try {
            admin = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    servers,
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    (int) PATIENCE.toMillis(),
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    (int) PATIENCE.toMillis() / 2));
        } catch (KafkaException e) {
            throw new IllegalArgumentException("--bootstrap-server " + servers + " makes no sense: "
                    + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
        try {
            admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return admin;
        } catch (ExecutionException | TimeoutException e) {
            admin.close(Duration.ZERO);
            throw new IllegalStateException(advice);
        } catch (InterruptedException e) {
            admin.close(Duration.ZERO);
            throw e;
        }
    }
}
