package freshet.trends.runtime;

import freshet.ingest.contract.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes the Kafka clients of the steps.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param instanceId of this process in the steps' groups, or null
 * @param overrides client settings that win over these, by Kafka's names
 */
public record Clients(String bootstrapServers, String instanceId, Map<String, String> overrides) {

    /** A record of hashtag-uses that takes back an author's posts may be this large. */
    public static final int RECORD_BYTES_MAX = 16 << 20;

    private static final int GZIP_FASTEST = 1;
    private static final int READER_WAIT_MS = 10;

    /** The group of a step of a stream. */
    public static String group(Stream stream, String step) {
        return "freshet." + stream.topic(step);
    }

    /**
     * Opens the log for the workers of a step.
     *
     * @param partitions how many partitions the step's input has
     */
    public Supplier<StepLog> logs(Stream stream, Step step, int partitions) {
        return () -> new KafkaStepLog(this, stream, step, partitions);
    }

    /** The values of a partition from the first record on that has a timestamp or a later one, to the present end. */
    public List<byte[]> tail(Stream stream, String topic, int partition, long timestamp) {
        TopicPartition from = new TopicPartition(stream.topic(topic), partition);
        List<byte[]> values = new ArrayList<>();
        try (Consumer<byte[], byte[]> reader = reader(stream, "tail")) {
            reader.assign(List.of(from));
            OffsetAndTimestamp first =
                    reader.offsetsForTimes(Map.of(from, Math.max(0, timestamp))).get(from);
            long end = reader.endOffsets(List.of(from)).get(from);
            if (first == null) {
                return values;
            }
            reader.seek(from, first.offset());
            while (reader.position(from) < end) {
                reader.poll(Duration.ofMillis(500)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    /** A member of the step's group that reads committed records and never jumps. */
    Consumer<byte[], byte[]> consumer(Stream stream, String step) {
        Map<String, Object> config = common(stream, step);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group(stream, step));
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        // A killed process must not keep its partitions for long; a living one sends a heartbeat three times as often.
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_500);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        if (instanceId != null) {
            config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
        }
        return reader(config);
    }

    /** A reader without a group, of what is already written. */
    Consumer<byte[], byte[]> reader(Stream stream, String name) {
        Map<String, Object> config = common(stream, name);
        // A broker answers in order: the fetch past the end, made ahead, would keep the next request waiting.
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, READER_WAIT_MS);
        return reader(config);
    }

    private Consumer<byte[], byte[]> reader(Map<String, Object> config) {
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.putAll(overrides);
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** An idempotent producer: in order, once, or an error. */
    Producer<byte[], byte[]> producer(Stream stream, Step step) {
        Map<String, Object> config = common(stream, step.name());
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        // A batch given up while later ones are written would be a gap. The broker may be away as long as it likes.
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, step.compression());
        config.put(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, GZIP_FASTEST);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RECORD_BYTES_MAX);
        config.putAll(overrides);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Admin admin(Stream stream, String step) {
        Map<String, Object> config = common(stream, step);
        config.putAll(overrides);
        return Admin.create(config);
    }

    private Map<String, Object> common(Stream stream, String name) {
        Map<String, Object> config = new HashMap<>();
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, "freshet." + stream.topic(name));
        config.put("enable.metrics.push", false);
        return config;
    }

    /** Wall clock, for records that are no events. */
    long now() {
        return System.currentTimeMillis();
    }
}
