package freshet.ingest.contract;

import java.util.Map;
import java.util.TreeMap;

/**
 * How a topic is to be created. Every setting that matters is explicit, because record timestamps are event times: a
 * broker's default retention would delete an old recording while it plays, and its default timestamp bounds would
 * refuse one.
 *
 * @param baseName name within its stream; see {@link Stream#topic}
 * @param partitions how many, unless the user asks otherwise; fixed once the topic exists, since keys would move
 * @param settings topic configuration under Kafka's names
 */
public record TopicSpec(String baseName, int partitions, Map<String, String> settings) {

    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + baseName + " needs at least one partition");
        }
        settings = Map.copyOf(settings);
    }

    /** A spec whose records are kept by size alone, never by age, at any event time. */
    public static TopicSpec keptBySize(String baseName, int partitions, long retentionBytes) {
        return kept(baseName, partitions).with("retention.bytes", Long.toString(retentionBytes));
    }

    /** A spec whose records are kept until someone deletes them, at any event time. */
    public static TopicSpec kept(String baseName, int partitions) {
        String anyTime = Long.toString(Long.MAX_VALUE);
        return new TopicSpec(
                baseName,
                partitions,
                Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", "-1",
                        "retention.bytes", "-1",
                        "message.timestamp.type", "CreateTime",
                        "message.timestamp.before.max.ms", anyTime,
                        "message.timestamp.after.max.ms", anyTime));
    }

    /** The same topic with a setting added or changed. */
    public TopicSpec with(String key, String value) {
        Map<String, String> changed = new TreeMap<>(settings);
        changed.put(key, value);
        return new TopicSpec(baseName, partitions, changed);
    }

    /** The same topic with another number of partitions. */
    public TopicSpec withPartitions(int count) {
        return new TopicSpec(baseName, count, settings);
    }
}
