package freshet.app.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Where an own broker listens, and Kafka's settings for it. */
final class BrokerPortOption {

    private static final int DEFAULT_PORT = 9092;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            description = "Port of the broker on localhost (default: " + DEFAULT_PORT + "; 0 for any free one).")
    private int port = DEFAULT_PORT;

    @Option(
            names = "--override",
            paramLabel = "KEY=VALUE",
            description = "A setting of the broker by Kafka's name, e.g. log.flush.interval.messages=1; repeatable.")
    private Map<String, String> overrides = new TreeMap<>();

    /** Kafka's settings of a broker that keeps its data in {@code dir}. */
    Map<String, String> settings(Path dir) {
        return settings(dir, Map.of());
    }

    /** The same, where a file's settings win over these, and overrides over all. */
    Map<String, String> settings(Path dir, Map<String, String> fromFile) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("listeners", "PLAINTEXT://localhost:" + port);
        settings.put("log.dirs", dir.toString());
        if (fromFile.containsKey("log.dir")) {
            settings.remove("log.dirs");
        }
        settings.putAll(fromFile);
        settings.putAll(overrides);
        return settings;
    }
}
