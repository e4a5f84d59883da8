package freshet.broker.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Kafka's own Java clients see. */
class KafkaClientsTest {

    @Test
    void whatAnIdempotentProducerSendsAConsumerReadsAlsoAfterARestart(@TempDir Path dir) throws Exception {
        try (TestBroker broker = TestBroker.start(dir)) {
            broker.createTopic("posts", 3, Map.of("retention.ms", "-1"));
            try (KafkaProducer<String, String> producer = broker.producer(Map.of("compression.type", "lz4"))) {
                for (int i = 0; i < 1000; i++) {
                    producer.send(new ProducerRecord<>("posts", i % 3, 1_400_000_000_000L + i, "k" + i, "v" + i));
                }
                producer.flush();
                assertThat(producer.send(new ProducerRecord<>("posts", 0, "k", "last"))
                                .get(10, TimeUnit.SECONDS)
                                .offset())
                        .isEqualTo(334);
            }
            assertThat(readAll(broker, "posts", 3, 1001)).hasSize(1001);
        }
        try (TestBroker broker = TestBroker.start(dir)) {
            List<ConsumerRecord<String, String>> records = readAll(broker, "posts", 3, 1001);
            assertThat(records).extracting(ConsumerRecord::value).contains("v0", "v999", "last");
        }
    }

    static List<ConsumerRecord<String, String>> readAll(TestBroker broker, String topic, int partitions, int count) {
        try (KafkaConsumer<String, String> consumer = broker.consumer(Map.of())) {
            List<TopicPartition> all = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                all.add(new TopicPartition(topic, i));
            }
            consumer.assign(all);
            consumer.seekToBeginning(all);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (records.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
