package freshet.trends.recount;

import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import freshet.trends.contract.RankingCodec;
import freshet.trends.contract.TrendsTopic;
import freshet.trends.time.Window;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Judges a stream in a topic log: reads its posts and its published finals from their first records to their present
 * ends, and compares. The job must have ranked with a size, thresholds and verdicts that leave no tag out.
 */
public final class TopicRecount {

    private final Map<String, Object> client;
    private final Stream stream;

    /** @param bootstrapServers {@code host:port,…} */
    public TopicRecount(String bootstrapServers, Stream stream) {
        this.client = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        this.stream = stream;
    }

    /**
     * @param lateness as the job had it, milliseconds
     * @param authorsMin as the job had it
     * @param exactUsesMax as the job had it
     * @throws IOException when {@code trends} holds what is no ranking
     */
    public Verdict judge(List<Window> windows, long lateness, int authorsMin, int exactUsesMax) throws IOException {
        return Verdict.of(posts(lateness, exactUsesMax), published(), windows, authorsMin);
    }

    /** What the posts say where tags are counted exactly up to as many uses as the job does unless told otherwise. */
    public Recount posts(long lateness) throws IOException {
        return posts(lateness, Recount.EXACT_USES_MAX);
    }

    /** What the posts say. */
    public Recount posts(long lateness, int exactUsesMax) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            String topic = stream.topic(PostsTopic.POSTS);
            Recount recount = new Recount(consumer.partitionsFor(topic).size(), lateness, exactUsesMax);
            read(consumer, topic, record -> recount.add(record.partition(), record.timestamp(), record.value()));
            return recount;
        }
    }

    /** What the job said. */
    public Published published() throws IOException {
        Published published = new Published();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            IOException[] unreadable = new IOException[1];
            read(consumer, stream.topic(TrendsTopic.TRENDS), record -> {
                try {
                    published.add(RankingCodec.decode(record.value()));
                } catch (IOException e) {
                    unreadable[0] = e;
                }
            });
            if (unreadable[0] != null) {
                throw unreadable[0];
            }
        }
        return published;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer, String topic, Consumer<ConsumerRecord<byte[], byte[]>> to) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
            consumer.poll(Duration.ofMillis(500)).forEach(to);
        }
    }
}
