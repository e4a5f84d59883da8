package freshet.broker.log;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.record.TimestampType;

/**
 * The settings of one topic's logs. Keys, meanings, units and defaults are Kafka's topic settings; a broker's
 * {@code log.*} settings stand in for those a topic does not set. Ours alone is {@value #FLUSH_BEFORE_ACK}; our own default
 * has max.decompressed.message.bytes. The class is long because it is a list.
 */
public final class LogConfig {
    /**
     * When true, the high watermark (and with it acknowledgements and what consumers see) waits for the records to be
     * on disk; records that arrive during one flush share the next. Costs one flush of latency, not one per record.
     */
    public static final String FLUSH_BEFORE_ACK = "flush.before.ack";

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    Type.LIST,
                    "delete",
                    ValidList.in("delete", "compact"),
                    MEDIUM,
                    TopicConfig.CLEANUP_POLICY_DOC)
            .define(
                    TopicConfig.COMPRESSION_TYPE_CONFIG,
                    Type.STRING,
                    "producer",
                    ValidString.in("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
                    MEDIUM,
                    TopicConfig.COMPRESSION_TYPE_DOC)
            .define(
                    TopicConfig.DELETE_RETENTION_MS_CONFIG,
                    Type.LONG,
                    86_400_000L,
                    atLeast(0),
                    MEDIUM,
                    TopicConfig.DELETE_RETENTION_MS_DOC)
            .define(
                    TopicConfig.FILE_DELETE_DELAY_MS_CONFIG,
                    Type.LONG,
                    60_000L,
                    atLeast(0),
                    MEDIUM,
                    TopicConfig.FILE_DELETE_DELAY_MS_DOC)
            .define(
                    FLUSH_BEFORE_ACK,
                    Type.BOOLEAN,
                    false,
                    MEDIUM,
                    "Whether an acknowledgement waits until the records are on disk (group commit).")
            .define(
                    TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG,
                    Type.LONG,
                    Long.MAX_VALUE,
                    atLeast(1),
                    MEDIUM,
                    TopicConfig.FLUSH_MESSAGES_INTERVAL_DOC)
            .define(
                    TopicConfig.FLUSH_MS_CONFIG,
                    Type.LONG,
                    Long.MAX_VALUE,
                    atLeast(0),
                    MEDIUM,
                    TopicConfig.FLUSH_MS_DOC)
            .define(
                    TopicConfig.INDEX_INTERVAL_BYTES_CONFIG,
                    Type.INT,
                    4096,
                    atLeast(0),
                    MEDIUM,
                    TopicConfig.INDEX_INTERVAL_BYTES_DOC)
            .define(
                    TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                    Type.LONG,
                    Long.MAX_VALUE,
                    atLeast(1),
                    MEDIUM,
                    TopicConfig.MAX_COMPACTION_LAG_MS_DOC)
            // Kafka sets no limit by default, and a few hostile bytes then make it ask for two gigabytes.
            .define(
                    TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG,
                    Type.INT,
                    64 << 20,
                    atLeast(1),
                    MEDIUM,
                    TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_DOC)
            .define(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Type.INT,
                    1_048_588,
                    atLeast(0),
                    MEDIUM,
                    TopicConfig.MAX_MESSAGE_BYTES_DOC)
            .define(
                    TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                    Type.LONG,
                    3_600_000L,
                    atLeast(0),
                    MEDIUM,
                    TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_DOC)
            .define(
                    TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
                    Type.LONG,
                    Long.MAX_VALUE,
                    atLeast(0),
                    MEDIUM,
                    TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_DOC)
            .define(
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    Type.STRING,
                    "CreateTime",
                    ValidString.in("CreateTime", "LogAppendTime"),
                    MEDIUM,
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_DOC)
            .define(
                    TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                    Type.DOUBLE,
                    0.5,
                    between(0, 1),
                    MEDIUM,
                    TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_DOC)
            .define(
                    TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                    Type.LONG,
                    0L,
                    atLeast(0),
                    MEDIUM,
                    TopicConfig.MIN_COMPACTION_LAG_MS_DOC)
            .define(
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    Type.INT,
                    1,
                    atLeast(1),
                    MEDIUM,
                    TopicConfig.MIN_IN_SYNC_REPLICAS_DOC)
            .define(
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    Type.LONG,
                    -1L,
                    atLeast(-1),
                    MEDIUM,
                    TopicConfig.RETENTION_BYTES_DOC)
            .define(
                    TopicConfig.RETENTION_MS_CONFIG,
                    Type.LONG,
                    604_800_000L,
                    atLeast(-1),
                    MEDIUM,
                    TopicConfig.RETENTION_MS_DOC)
            .define(
                    TopicConfig.SEGMENT_BYTES_CONFIG,
                    Type.INT,
                    1 << 30,
                    atLeast(1024),
                    MEDIUM,
                    TopicConfig.SEGMENT_BYTES_DOC)
            .define(
                    TopicConfig.SEGMENT_INDEX_BYTES_CONFIG,
                    Type.INT,
                    10 << 20,
                    atLeast(24),
                    LOW,
                    TopicConfig.SEGMENT_INDEX_BYTES_DOC)
            .define(
                    TopicConfig.SEGMENT_MS_CONFIG,
                    Type.LONG,
                    604_800_000L,
                    atLeast(1),
                    MEDIUM,
                    TopicConfig.SEGMENT_MS_DOC)
            .define(
                    TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                    Type.BOOLEAN,
                    false,
                    MEDIUM,
                    TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_DOC);

    /** A topic's key by the broker's key that gives its default. */
    private static final Map<String, String> BROKER_SYNONYMS = Map.ofEntries(
            Map.entry("log.cleanup.policy", TopicConfig.CLEANUP_POLICY_CONFIG),
            Map.entry("compression.type", TopicConfig.COMPRESSION_TYPE_CONFIG),
            Map.entry("log.cleaner.delete.retention.ms", TopicConfig.DELETE_RETENTION_MS_CONFIG),
            Map.entry("log.segment.delete.delay.ms", TopicConfig.FILE_DELETE_DELAY_MS_CONFIG),
            Map.entry("log.flush.before.ack", FLUSH_BEFORE_ACK),
            Map.entry("log.flush.interval.messages", TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG),
            Map.entry("log.flush.interval.ms", TopicConfig.FLUSH_MS_CONFIG),
            Map.entry("log.index.interval.bytes", TopicConfig.INDEX_INTERVAL_BYTES_CONFIG),
            Map.entry("log.cleaner.max.compaction.lag.ms", TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG),
            Map.entry("message.max.bytes", TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
            Map.entry("log.message.timestamp.after.max.ms", TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
            Map.entry("log.message.timestamp.before.max.ms", TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG),
            Map.entry("log.message.timestamp.type", TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG),
            Map.entry("log.cleaner.min.cleanable.ratio", TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG),
            Map.entry("log.cleaner.min.compaction.lag.ms", TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG),
            Map.entry("min.insync.replicas", TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
            Map.entry("log.retention.bytes", TopicConfig.RETENTION_BYTES_CONFIG),
            Map.entry("log.retention.ms", TopicConfig.RETENTION_MS_CONFIG),
            Map.entry("log.segment.bytes", TopicConfig.SEGMENT_BYTES_CONFIG),
            Map.entry("log.index.size.max.bytes", TopicConfig.SEGMENT_INDEX_BYTES_CONFIG),
            Map.entry("log.roll.ms", TopicConfig.SEGMENT_MS_CONFIG),
            Map.entry("unclean.leader.election.enable", TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG));

    /** Where the value in force comes from. */
    public enum Source {
        TOPIC,
        BROKER,
        DEFAULT
    }

    /** One setting as a client is told of it. */
    public record Setting(String name, String value, Type type, Source source, String documentation) {}

    private final Map<String, String> brokerDefaults;
    private final Map<String, String> overrides;
    private final Map<String, Object> values;

    private LogConfig(Map<String, String> brokerDefaults, Map<String, String> overrides) {
        this.brokerDefaults = Map.copyOf(brokerDefaults);
        this.overrides = Map.copyOf(overrides);
        for (String name : overrides.keySet()) {
            if (!DEFINITION.names().contains(name)) {
                throw new InvalidConfigurationException("Unknown topic config name: " + name);
            }
        }
        Map<String, String> merged = new HashMap<>(brokerDefaults);
        merged.putAll(overrides);
        try {
            this.values = DEFINITION.parse(merged);
        } catch (ConfigException e) {
            throw new InvalidConfigurationException(e.getMessage(), e);
        }
        if (minCompactionLagMs() > maxCompactionLagMs()) {
            throw new InvalidConfigurationException("conflict topic config setting min.compaction.lag.ms ("
                    + minCompactionLagMs() + ") > max.compaction.lag.ms (" + maxCompactionLagMs() + ")");
        }
    }

    /** Kafka's own defaults. */
    public static LogConfig defaults() {
        return new LogConfig(Map.of(), Map.of());
    }

    /**
     * Settings of a topic that sets none, on a broker with these properties; keys that are not about logs are ignored.
     *
     * @throws InvalidConfigurationException naming the value that cannot be
     */
    public static LogConfig ofBroker(Map<String, String> brokerProperties) {
        Map<String, String> defaults = new HashMap<>();
        inMillis(brokerProperties, "log.retention.hours", 3_600_000L, TopicConfig.RETENTION_MS_CONFIG, defaults);
        inMillis(brokerProperties, "log.retention.minutes", 60_000L, TopicConfig.RETENTION_MS_CONFIG, defaults);
        inMillis(brokerProperties, "log.roll.hours", 3_600_000L, TopicConfig.SEGMENT_MS_CONFIG, defaults);
        BROKER_SYNONYMS.forEach((brokerKey, topicKey) -> {
            if (brokerProperties.get(brokerKey) != null) {
                defaults.put(topicKey, brokerProperties.get(brokerKey));
            }
        });
        return new LogConfig(defaults, Map.of());
    }

    /**
     * These settings with a topic's own in place of whatever topic settings they had.
     *
     * @throws InvalidConfigurationException for an unknown key or a value that cannot be, in Kafka's words
     */
    public LogConfig withOverrides(Map<String, String> topicSettings) {
        return new LogConfig(brokerDefaults, topicSettings);
    }

    /** The broker's keys that {@link #ofBroker} reads. */
    public static java.util.Set<String> brokerNames() {
        java.util.Set<String> names = new java.util.HashSet<>(BROKER_SYNONYMS.keySet());
        names.addAll(java.util.List.of("log.retention.hours", "log.retention.minutes", "log.roll.hours"));
        return names;
    }

    /** The names of all topic settings. */
    public static java.util.Set<String> names() {
        return DEFINITION.names();
    }

    /** The type of a topic setting, or null when there is no such setting. */
    public static Type typeOf(String name) {
        ConfigDef.ConfigKey key = DEFINITION.configKeys().get(name);
        return key == null ? null : key.type;
    }

    /** What the topic itself sets. */
    public Map<String, String> overrides() {
        return overrides;
    }

    /** Every setting by name, with the value in force and where it comes from. */
    public Map<String, Setting> settings() {
        Map<String, Setting> settings = new TreeMap<>();
        DEFINITION.configKeys().forEach((name, key) -> {
            Source source = overrides.containsKey(name)
                    ? Source.TOPIC
                    : brokerDefaults.containsKey(name) ? Source.BROKER : Source.DEFAULT;
            String value = ConfigDef.convertToString(values.get(name), key.type);
            settings.put(name, new Setting(name, value, key.type, source, key.documentation));
        });
        return settings;
    }

    public boolean deletes() {
        return cleanupPolicies().contains("delete");
    }

    public boolean compacts() {
        return cleanupPolicies().contains("compact");
    }

    public long deleteRetentionMs() {
        return longOf(TopicConfig.DELETE_RETENTION_MS_CONFIG);
    }

    public long fileDeleteDelayMs() {
        return longOf(TopicConfig.FILE_DELETE_DELAY_MS_CONFIG);
    }

    public boolean flushBeforeAck() {
        return (Boolean) values.get(FLUSH_BEFORE_ACK);
    }

    public long flushMessages() {
        return longOf(TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG);
    }

    public long flushMs() {
        return longOf(TopicConfig.FLUSH_MS_CONFIG);
    }

    public int indexIntervalBytes() {
        return intOf(TopicConfig.INDEX_INTERVAL_BYTES_CONFIG);
    }

    public long maxCompactionLagMs() {
        return longOf(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG);
    }

    public int maxDecompressedMessageBytes() {
        return intOf(TopicConfig.MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG);
    }

    public int maxMessageBytes() {
        return intOf(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    }

    public long timestampAfterMaxMs() {
        return longOf(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG);
    }

    public long timestampBeforeMaxMs() {
        return longOf(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG);
    }

    public TimestampType timestampType() {
        return TimestampType.forName((String) values.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
    }

    public double minCleanableDirtyRatio() {
        return (Double) values.get(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG);
    }

    public long minCompactionLagMs() {
        return longOf(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG);
    }

    public int minInSyncReplicas() {
        return intOf(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
    }

    public long retentionBytes() {
        return longOf(TopicConfig.RETENTION_BYTES_CONFIG);
    }

    public long retentionMs() {
        return longOf(TopicConfig.RETENTION_MS_CONFIG);
    }

    public int segmentBytes() {
        return intOf(TopicConfig.SEGMENT_BYTES_CONFIG);
    }

    public int segmentIndexBytes() {
        return intOf(TopicConfig.SEGMENT_INDEX_BYTES_CONFIG);
    }

    public long segmentMs() {
        return longOf(TopicConfig.SEGMENT_MS_CONFIG);
    }

    /** The codec that batches are stored in, or "producer" to keep what the producer chose. */
    String compressionType() {
        return ((String) values.get(TopicConfig.COMPRESSION_TYPE_CONFIG)).toLowerCase(Locale.ROOT);
    }

    @SuppressWarnings("unchecked")
    private List<String> cleanupPolicies() {
        return (List<String>) values.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    }

    private long longOf(String name) {
        return (Long) Objects.requireNonNull(values.get(name), name);
    }

    private int intOf(String name) {
        return (Integer) Objects.requireNonNull(values.get(name), name);
    }

    private static void inMillis(
            Map<String, String> properties, String key, long millisPerUnit, String topicKey, Map<String, String> into) {
        String value = properties.get(key);
        if (value == null) {
            return;
        }
        try {
            long units = Long.parseLong(value.trim());
            into.put(topicKey, Long.toString(units < 0 ? -1 : Math.multiplyExact(units, millisPerUnit)));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new InvalidConfigurationException(
                    "Invalid value " + value + " for configuration " + key + ": not a whole number that fits.");
        }
    }
}
