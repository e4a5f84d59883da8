package freshet.ingest.pipeline;

import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topics on a Kafka cluster. The producer is idempotent and never gives a batch up: a batch that expired would leave
 * a hole before batches that came through, and the last record of a partition would no longer say that all before it is
 * there. While a broker is away, appending blocks. What can't be retried ends the producer at once, with nothing more
 * sent.
 */
final class KafkaPostsLog implements PostsLog {

    private static final Duration REACH = Duration.ofSeconds(15);
    private static final int FIRST_LOOK_BACK = 50;

    private final String bootstrapServers;
    private final String postsTopic;
    private final String rejectedTopic;
    private final Map<String, Object> overrides;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Callback onAcknowledged;
    /** Serves one thread at a time; who closes wakes the one that reads back. */
    private final Object reading = new Object();

    private volatile KafkaConsumer<byte[], byte[]> reader;
    private volatile Exception failure;

    private KafkaPostsLog(
            String bootstrapServers,
            Stream stream,
            Map<String, String> settings,
            int partitions,
            Runnable acknowledged) {
        this.bootstrapServers = bootstrapServers;
        this.postsTopic = stream.topic(PostsTopic.POSTS);
        this.rejectedTopic = stream.topic(PostsTopic.REJECTED);
        this.overrides = new HashMap<>(settings);
        this.partitions = partitions;
        this.producer = new KafkaProducer<>(producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
        this.onAcknowledged = (metadata, error) -> {
            if (error == null) {
                acknowledged.run();
            } else if (failure == null) {
                failure = error;
                // From here on the sender sends nothing: no later batch may pass the lost one.
                closeAtOnce();
            }
        };
    }

    /** Connects; throws with one line where no broker answers or a topic is missing. */
    static KafkaPostsLog connect(
            String bootstrapServers, Stream stream, Map<String, String> settings, Runnable acknowledged)
            throws IOException, InterruptedException {
        Map<String, Object> admin = new HashMap<>(settings);
        admin.put("bootstrap.servers", bootstrapServers);
        String posts = stream.topic(PostsTopic.POSTS);
        String rejected = stream.topic(PostsTopic.REJECTED);
        try (Admin client = Admin.create(admin)) {
            Map<String, TopicDescription> topics = client.describeTopics(List.of(posts, rejected))
                    .allTopicNames()
                    .get(REACH.toMillis(), TimeUnit.MILLISECONDS);
            return new KafkaPostsLog(
                    bootstrapServers,
                    stream,
                    settings,
                    topics.get(posts).partitions().size(),
                    acknowledged);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new IOException("the broker at " + bootstrapServers + " has no topics " + posts + " and "
                        + rejected + "; create them first (freshet does when it starts a stage)");
            }
            throw unreachable(bootstrapServers, e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw unreachable(bootstrapServers, e);
        }
    }

    private static IOException unreachable(String bootstrapServers, Throwable cause) {
        return new IOException(
                "no Kafka broker answers at " + bootstrapServers
                        + "; start one, or name another with --bootstrap-server (" + cause.getMessage() + ")",
                cause);
    }

    private Map<String, Object> producerSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("linger.ms", 20);
        settings.put("batch.size", 64 * 1024);
        settings.put("compression.type", "lz4");
        settings.put("max.request.size", 2 << 20);
        // Twice what may be in flight; more is only kept longer, and copied by the garbage collector.
        settings.put("buffer.memory", 4L << 20);
        settings.putAll(overrides);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("delivery.timeout.ms", Integer.MAX_VALUE);
        settings.put("max.block.ms", Long.MAX_VALUE);
        return settings;
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public Mark lastPost(int partition, String source) throws IOException {
        return last(new TopicPartition(postsTopic, partition), source);
    }

    @Override
    public Mark lastRejected(String source) throws IOException {
        return last(new TopicPartition(rejectedTopic, 0), source);
    }

    /** Looks back from the end in growing steps: others may have written there too. */
    private Mark last(TopicPartition partition, String source) throws IOException {
        synchronized (reading) {
            return lookBack(partition, source);
        }
    }

    private Mark lookBack(TopicPartition partition, String source) throws IOException {
        try {
            KafkaConsumer<byte[], byte[]> consumer = reader();
            long begin = consumer.beginningOffsets(Set.of(partition), REACH).get(partition);
            long end = consumer.endOffsets(Set.of(partition), REACH).get(partition);
            long step = FIRST_LOOK_BACK;
            while (end > begin) {
                long from = Math.max(begin, end - step);
                Mark mark = lastBetween(consumer, partition, from, end, source);
                if (mark != null) {
                    return mark;
                }
                end = from;
                step *= 4;
            }
            return Mark.NONE;
        } catch (WakeupException | IllegalStateException e) {
            throw new IOException("stopped while it was starting", e);
        } catch (KafkaException e) {
            throw new IOException(
                    "reading back " + partition + " at " + bootstrapServers + " failed: " + e.getMessage(), e);
        }
    }

    private static Mark lastBetween(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long to, String source)
            throws IOException {
        consumer.assign(Set.of(partition));
        consumer.seek(partition, from);
        Mark last = null;
        long deadline = System.nanoTime() + REACH.toNanos();
        while (consumer.position(partition, REACH) < to) {
            var records = consumer.poll(Duration.ofSeconds(1));
            for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                Mark mark = record.offset() < to ? Positions.mark(record, source) : null;
                last = mark != null ? mark : last;
            }
            if (!records.isEmpty()) {
                deadline = System.nanoTime() + REACH.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new IOException("reading back " + partition + ": nothing came for " + REACH.toSeconds() + " s");
            }
        }
        return last;
    }

    private KafkaConsumer<byte[], byte[]> reader() {
        if (reader == null) {
            Map<String, Object> settings = new HashMap<>(overrides);
            settings.put("bootstrap.servers", bootstrapServers);
            settings.put("enable.auto.commit", false);
            settings.put("auto.offset.reset", "none");
            settings.put("default.api.timeout.ms", (int) REACH.toMillis());
            reader = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
        return reader;
    }

    @Override
    public void append(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        if (failure != null) {
            throw new LogFailedException(failure);
        }
        try {
            producer.send(record, onAcknowledged);
        } catch (InterruptException e) {
            Thread.interrupted(); // the client sets the flag again; the exception says it already
            throw new InterruptedException("while appending");
        } catch (IllegalStateException | KafkaException e) {
            throw new LogFailedException(failure != null ? failure : e);
        }
    }

    @Override
    public void flush() throws IOException, InterruptedException {
        try {
            producer.flush();
        } catch (InterruptException e) {
            Thread.interrupted();
            throw new InterruptedException("while flushing");
        }
        if (failure != null) {
            throw new LogFailedException(failure);
        }
    }

    private void closeAtOnce() {
        producer.close(Duration.ZERO);
    }

    @Override
    public void close() {
        KafkaConsumer<byte[], byte[]> opened = reader;
        if (opened != null) {
            opened.wakeup();
            synchronized (reading) {
                opened.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
            }
        }
        producer.close(Duration.ofSeconds(3));
    }
}
