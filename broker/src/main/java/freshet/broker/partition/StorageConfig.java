package freshet.broker.partition;

import freshet.broker.log.LogConfig;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The broker's settings that concern its data directory; names and defaults are Kafka's unless said otherwise. */
public final class StorageConfig {
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define("log.dirs", Type.STRING, null, Importance.HIGH, "The data directory (one).")
            .define("log.dir", Type.STRING, "/tmp/kafka-logs", Importance.HIGH, "Used when log.dirs is not set.")
            .define(
                    "num.recovery.threads.per.data.dir",
                    Type.INT,
                    2,
                    Range.atLeast(1),
                    Importance.LOW,
                    "Threads that read logs at start.")
            .define(
                    "log.retention.check.interval.ms",
                    Type.LONG,
                    300_000L,
                    Range.atLeast(1),
                    Importance.MEDIUM,
                    "How often retention is applied.")
            .define(
                    "log.flush.scheduler.interval.ms",
                    Type.LONG,
                    1_000L,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How often it is looked whether something is to be flushed.")
            .define(
                    "log.flush.interval.bytes",
                    Type.LONG,
                    64L << 20,
                    Range.atLeast(0),
                    Importance.LOW,
                    "Not Kafka's: a partition with more unflushed bytes is flushed in the background, which bounds"
                            + " what is read again after a kill.")
            .define(
                    "log.open.files.max",
                    Type.INT,
                    4_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "Not Kafka's: segment files kept open at once.")
            .define(
                    "log.cleaner.enable",
                    Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Whether topics with cleanup.policy=compact are compacted.")
            .define(
                    "log.cleaner.backoff.ms",
                    Type.LONG,
                    15_000L,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How often it is looked for a log to compact.")
            .define(
                    "log.cleaner.dedupe.buffer.size",
                    Type.LONG,
                    16L << 20,
                    Range.atLeast(1 << 20),
                    Importance.LOW,
                    "Bytes for the keys of one compaction pass.")
            .define(
                    "producer.id.expiration.ms",
                    Type.INT,
                    86_400_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How long an idle producer's sequence numbers are remembered.");

    private final Map<String, Object> values;
    private final LogConfig topicDefaults;
    private final FileSystem fileSystem;

    private StorageConfig(Map<String, String> properties, FileSystem fileSystem) {
        try {
            this.values = DEFINITION.parse(properties);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        this.topicDefaults = LogConfig.ofBroker(properties);
        this.fileSystem = fileSystem;
        if (directoryName().contains(",")) {
            throw new IllegalArgumentException("log.dirs names several directories (" + directoryName()
                    + "), but one is supported: give one, on a volume that spans the disks.");
        }
    }

    /** The keys read here. */
    public static java.util.Set<String> names() {
        return DEFINITION.names();
    }

    /**
     * @throws IllegalArgumentException naming the setting that cannot be
     */
    public static StorageConfig parse(Map<String, String> brokerProperties) {
        return new StorageConfig(brokerProperties, FileSystems.getDefault());
    }

    /** The same, with the directory on another file system. */
    public static StorageConfig parse(Map<String, String> brokerProperties, FileSystem fileSystem) {
        return new StorageConfig(brokerProperties, fileSystem);
    }

    public Path directory() {
        return fileSystem.getPath(directoryName());
    }

    /** What a topic has that sets nothing itself. */
    public LogConfig topicDefaults() {
        return topicDefaults;
    }

    int recoveryThreads() {
        return (Integer) values.get("num.recovery.threads.per.data.dir");
    }

    long retentionCheckIntervalMs() {
        return (Long) values.get("log.retention.check.interval.ms");
    }

    long flushSchedulerIntervalMs() {
        return (Long) values.get("log.flush.scheduler.interval.ms");
    }

    long flushIntervalBytes() {
        return (Long) values.get("log.flush.interval.bytes");
    }

    int openFilesMax() {
        return (Integer) values.get("log.open.files.max");
    }

    boolean cleanerEnabled() {
        return (Boolean) values.get("log.cleaner.enable");
    }

    long cleanerBackoffMs() {
        return (Long) values.get("log.cleaner.backoff.ms");
    }

    long cleanerDedupeBufferBytes() {
        return (Long) values.get("log.cleaner.dedupe.buffer.size");
    }

    int producerIdExpirationMs() {
        return (Integer) values.get("producer.id.expiration.ms");
    }

    private String directoryName() {
        String dirs = (String) values.get("log.dirs");
        return (dirs != null && !dirs.isBlank() ? dirs : (String) values.get("log.dir")).trim();
    }
}
