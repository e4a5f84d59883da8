package freshet.broker.coordinator.group;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * The broker's settings for groups; names and units are Kafka's. Four defaults are ours:
 *
 * <ul>
 *   <li>{@code group.initial.rebalance.delay.ms} is 100 and not 3000: long enough for members that start together in one
 *       process, and a person in front of an empty page waits for no more. Members that come later cost a rebalance, as
 *       they do anyhow.
 *   <li>{@code group.max.size} is 10,000 and not unlimited: a group is one record, and joins cost memory.
 *   <li>{@code offsets.topic.replication.factor} is 1 while brokers are alone.
 *   <li>{@code offsets.topic.segment.bytes} is 8 MiB and not 100: what is read at start is at most a few segments.
 * </ul>
 *
 * @param minSessionTimeoutMs shortest session that a member may ask for
 * @param maxSessionTimeoutMs longest session that a member may ask for
 * @param initialRebalanceDelayMs how long an empty group waits for more members
 * @param maxGroupSize most members of a group
 * @param maxMemberMetadataBytes most that a member may say about itself, under all its protocols (ours)
 * @param maxOffsetMetadataBytes longest metadata of a committed offset
 * @param offsetsRetentionMs how long offsets outlive their group's last member
 * @param retentionCheckIntervalMs how often expired offsets are looked for
 * @param offsetsTopicPartitions partitions of the offsets topic, fixed when it is created
 * @param offsetsTopicReplicationFactor its replication factor, at most the number of brokers
 * @param offsetsTopicSegmentBytes its segment size: small segments are compacted sooner
 */
public record GroupConfig(
        int minSessionTimeoutMs,
        int maxSessionTimeoutMs,
        int initialRebalanceDelayMs,
        int maxGroupSize,
        int maxMemberMetadataBytes,
        int maxOffsetMetadataBytes,
        long offsetsRetentionMs,
        long retentionCheckIntervalMs,
        int offsetsTopicPartitions,
        short offsetsTopicReplicationFactor,
        int offsetsTopicSegmentBytes) {

    private static final ConfigDef KEYS = new ConfigDef()
            .define("group.min.session.timeout.ms", Type.INT, 6_000, Range.atLeast(1), Importance.LOW, "")
            .define("group.max.session.timeout.ms", Type.INT, 1_800_000, Range.atLeast(1), Importance.LOW, "")
            .define("group.initial.rebalance.delay.ms", Type.INT, 100, Range.atLeast(0), Importance.MEDIUM, "")
            .define("group.max.size", Type.INT, 10_000, Range.atLeast(1), Importance.LOW, "")
            .define("group.member.metadata.max.bytes", Type.INT, 256 * 1024, Range.atLeast(1), Importance.LOW, "")
            .define("offset.metadata.max.bytes", Type.INT, 4_096, Range.atLeast(0), Importance.MEDIUM, "")
            .define("offsets.retention.minutes", Type.INT, 7 * 24 * 60, Range.atLeast(1), Importance.MEDIUM, "")
            .define("offsets.retention.check.interval.ms", Type.LONG, 600_000L, Range.atLeast(1), Importance.LOW, "")
            .define("offsets.topic.num.partitions", Type.INT, 50, Range.atLeast(1), Importance.LOW, "")
            .define("offsets.topic.replication.factor", Type.SHORT, (short) 1, Range.atLeast(1), Importance.MEDIUM, "")
            .define("offsets.topic.segment.bytes", Type.INT, 8 << 20, Range.atLeast(1), Importance.LOW, "");

    /** The keys that {@link #parse} reads. */
    public static Set<String> names() {
        return KEYS.names();
    }

    /**
     * Reads the settings, of which there may be others.
     *
     * @throws IllegalArgumentException with a sentence that names the key and the value
     */
    public static GroupConfig parse(Map<String, String> settings) {
        Map<String, Object> values;
        try {
            values = KEYS.parse(settings);
        } catch (ConfigException e) {
            throw new IllegalArgumentException("Bad broker setting: " + e.getMessage(), e);
        }
        GroupConfig config = new GroupConfig(
                (int) values.get("group.min.session.timeout.ms"),
                (int) values.get("group.max.session.timeout.ms"),
                (int) values.get("group.initial.rebalance.delay.ms"),
                (int) values.get("group.max.size"),
                (int) values.get("group.member.metadata.max.bytes"),
                (int) values.get("offset.metadata.max.bytes"),
                (int) values.get("offsets.retention.minutes") * 60_000L,
                (long) values.get("offsets.retention.check.interval.ms"),
                (int) values.get("offsets.topic.num.partitions"),
                (short) values.get("offsets.topic.replication.factor"),
                (int) values.get("offsets.topic.segment.bytes"));
        if (config.minSessionTimeoutMs > config.maxSessionTimeoutMs) {
            throw new IllegalArgumentException("group.min.session.timeout.ms (" + config.minSessionTimeoutMs
                    + ") is above group.max.session.timeout.ms (" + config.maxSessionTimeoutMs + "): lower it.");
        }
        return config;
    }
}
