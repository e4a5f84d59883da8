package freshet.dashboard;

import freshet.storage.feed.TopicDirectory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A cluster behind {@code bootstrap.servers}. */
final class KafkaCluster implements Cluster {

    private final Map<String, Object> common = new HashMap<>();
    private final Admin admin;

    KafkaCluster(String bootstrapServers, Map<String, String> clientProperties) {
        common.putAll(clientProperties);
        common.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        Map<String, Object> settings = new HashMap<>(common);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "freshet-dashboard-admin");
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000);
        admin = Admin.create(settings);
    }

    @Override
    public TopicDirectory topics() {
        return TopicDirectory.of(admin);
    }

    @Override
    public Consumer<byte[], byte[]> consumer(String clientId) {
        // On a backlog the more comes at once the more of it can be passed over.
        return create(
                clientId,
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        4 << 20,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        16 << 20,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000));
    }

    @Override
    public Consumer<byte[], byte[]> groupConsumer(String group) {
        return create(
                group,
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                        5_000, // so that a new stream is soon found
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1_000));
    }

    @Override
    public Consumer<byte[], byte[]> seekingConsumer(String clientId) {
        return create(
                clientId,
                Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        64 * 1024,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        100));
    }

    private Consumer<byte[], byte[]> create(String clientId, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(common);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 8_000);
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
