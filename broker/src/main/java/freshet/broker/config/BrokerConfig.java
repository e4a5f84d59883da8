package freshet.broker.config;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * What the broker as a whole is told; components read the rest of {@link #settings()} themselves.
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><td>{@code broker.id}</td><td>0 or more; 1 by default</td></tr>
 * <tr><td>{@code listeners}</td><td>{@code PLAINTEXT://:9092} by default</td></tr>
 * <tr><td>{@code advertised.listeners}</td><td>where clients are told to connect; by default the listeners, with
 * {@code localhost} for "all interfaces"</td></tr>
 * <tr><td>{@code listener.security.protocol.map}</td><td>other names for plaintext listeners:
 * {@code INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT}</td></tr>
 * <tr><td>{@code log.dirs} or {@code log.dir}</td><td>one directory for all data</td></tr>
 * <tr><td>{@code broker.rack}</td><td>shown to clients</td></tr>
 * <tr><td>{@code num.io.threads}</td><td>request threads; twice the processors, at least 4, by default</td></tr>
 * <tr><td>{@code auto.create.topics.enable}, {@code num.partitions}, {@code default.replication.factor},
 * {@code delete.topic.enable}</td><td>as Kafka's, with its defaults</td></tr>
 * </table>
 */
public final class BrokerConfig {

    private static final ConfigDef KEYS = new ConfigDef()
            .define("broker.id", Type.INT, 1, Range.between(0, Integer.MAX_VALUE), Importance.HIGH, "")
            .define("listeners", Type.LIST, "PLAINTEXT://:9092", Importance.HIGH, "")
            .define("advertised.listeners", Type.LIST, "", Importance.HIGH, "")
            .define("listener.security.protocol.map", Type.LIST, "PLAINTEXT:PLAINTEXT", Importance.LOW, "")
            .define("log.dirs", Type.LIST, "", Importance.HIGH, "")
            .define("log.dir", Type.STRING, null, Importance.HIGH, "")
            .define("broker.rack", Type.STRING, "", Importance.MEDIUM, "")
            .define("num.io.threads", Type.INT, defaultRequestThreads(), Range.between(1, 1024), Importance.HIGH, "")
            .define("auto.create.topics.enable", Type.BOOLEAN, true, Importance.HIGH, "")
            .define("delete.topic.enable", Type.BOOLEAN, true, Importance.HIGH, "")
            .define("num.partitions", Type.INT, 1, Range.between(1, 10_000), Importance.MEDIUM, "")
            .define("default.replication.factor", Type.INT, 1, Range.between(1, 32_767), Importance.MEDIUM, "");

    private final Settings settings;
    private final Settings.Values values;
    private final List<Listener> listeners;
    private final List<Listener> advertised;
    private final Path dataDir;

    private BrokerConfig(Settings settings) {
        this.settings = settings;
        this.values = settings.read(KEYS);
        this.listeners = Listener.parseList("listeners", values.list("listeners"));
        this.advertised = Listener.parseList("advertised.listeners", values.list("advertised.listeners"));
        this.dataDir = dataDir(values);
        check();
    }

    /**
     * Reads settings by Kafka's names.
     *
     * @throws IllegalArgumentException with one finished sentence about the first bad one
     */
    public static BrokerConfig from(Map<String, String> settings) {
        return new BrokerConfig(new Settings(settings));
    }

    private static Path dataDir(Settings.Values values) {
        List<String> dirs = values.list("log.dirs");
        if (dirs.size() > 1) {
            throw new IllegalArgumentException(
                    "Bad broker setting: log.dirs names " + dirs.size() + " directories; one is supported.");
        }
        String dir = dirs.isEmpty() ? values.text("log.dir") : dirs.get(0);
        if (dir == null || dir.isBlank()) {
            throw new IllegalArgumentException(
                    "Missing broker setting: log.dirs, the directory for the broker's data.");
        }
        return Path.of(dir);
    }

    private void check() {
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("Bad broker setting: listeners is empty.");
        }
        Set<String> names = new HashSet<>();
        listeners.forEach(listener -> names.add(listener.name()));
        for (Listener listener : listeners) {
            if (!values.list("listener.security.protocol.map").contains(listener.name() + ":PLAINTEXT")) {
                throw new IllegalArgumentException("Bad broker setting: listeners has " + listener
                        + "; only PLAINTEXT is supported, and names that listener.security.protocol.map maps to it.");
            }
        }
        for (Listener listener : advertised) {
            if (!names.contains(listener.name())) {
                throw new IllegalArgumentException("Bad broker setting: advertised.listeners has " + listener
                        + ", which is none of the listeners.");
            }
            if (listener.host().isEmpty()) {
                throw new IllegalArgumentException("Bad broker setting: advertised.listeners has " + listener
                        + ", but clients need a host to connect to.");
            }
        }
    }

    private static int defaultRequestThreads() {
        return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    }

    public Settings settings() {
        return settings;
    }

    public int brokerId() {
        return values.integer("broker.id");
    }

    public List<Listener> listeners() {
        return listeners;
    }

    /** Where clients are told to connect, if the user said so; see {@code listeners} else. */
    public List<Listener> advertisedListeners() {
        return advertised;
    }

    public Path dataDir() {
        return dataDir;
    }

    public String rack() {
        return values.text("broker.rack");
    }

    public int requestThreads() {
        return values.integer("num.io.threads");
    }

    public boolean autoCreateTopics() {
        return values.flag("auto.create.topics.enable");
    }

    public boolean deleteTopicEnabled() {
        return values.flag("delete.topic.enable");
    }

    public int defaultPartitions() {
        return values.integer("num.partitions");
    }

    public short defaultReplicationFactor() {
        return (short) values.integer("default.replication.factor");
    }
}
