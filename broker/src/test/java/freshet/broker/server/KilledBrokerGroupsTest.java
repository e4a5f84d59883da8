package freshet.broker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is killed takes no member and no committed offset along. */
@Tag("slow")
class KilledBrokerGroupsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path dataDir;

    private BrokerProcess broker;

    @AfterEach
    void stop() throws InterruptedException {
        if (broker != null) {
            broker.kill();
        }
    }

    @Test
    void aMemberGoesOnInTheSameGenerationWhereItWas() throws Exception {
        broker = BrokerProcess.start(dataDir, 0);
        String address = broker.bootstrapServers();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic("posts", 2, (short) 1)))
                    .all()
                    .get();
        }
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", address,
                "group.id", "readers",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "heartbeat.interval.ms", 200);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("posts"));
            produce(address, 10);
            read(consumer, 10);
            consumer.commitSync(Map.of(new TopicPartition("posts", 0), new OffsetAndMetadata(5, "half way")));
            String member = consumer.groupMetadata().memberId();
            int generation = consumer.groupMetadata().generationId();

            broker.kill();
            broker = BrokerProcess.start(dataDir, port);
            produce(address, 4);

            assertThat(read(consumer, 4)).hasSize(4);
            consumer.commitSync();
            assertThat(consumer.groupMetadata().memberId()).isEqualTo(member);
            assertThat(consumer.groupMetadata().generationId()).isEqualTo(generation);

            broker.kill();
            broker = BrokerProcess.start(dataDir, port);
            TopicPartition first = new TopicPartition("posts", 0);
            assertThat(consumer.committed(Set.of(first), PATIENCE).get(first).offset())
                    .isEqualTo(7);
        }
    }

    private static void produce(String address, int count) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>("posts", i % 2, null, "value"));
            }
        }
    }

    private static List<String> read(KafkaConsumer<String, String> consumer, int count) {
        List<String> values = new ArrayList<>();
        await().pollInSameThread().atMost(PATIENCE).until(() -> {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                values.add(record.value());
            }
            return values.size() >= count;
        });
        return values;
    }
}
