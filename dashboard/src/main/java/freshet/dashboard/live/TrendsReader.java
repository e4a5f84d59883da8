package freshet.dashboard.live;

import freshet.ingest.contract.Stream;
import freshet.storage.feed.StreamTopic;
import freshet.storage.feed.TopicDirectory;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.RankingCodec;
import freshet.trends.contract.TrendsTopic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code trends} of every stream into the hub, without a group: from a little before the end, so that each board's
 * newest ranking is among what comes. It owns a thread and the consumer on it.
 */
public final class TrendsReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrendsReader.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** How far before the end reading begins: a minute of a second's slides, and the longer windows' among them. */
    private static final long BEFORE_END = 200;

    private final LiveHub hub;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final TopicDirectory directory;
    private final Duration lookAgain;
    private final Thread thread;

    private volatile boolean stopping;
    private volatile Consumer<byte[], byte[]> consumer;

    // Owned by the thread.
    private final Map<String, String> ids = new HashMap<>();
    private long lookedAt = System.nanoTime() - Duration.ofDays(1).toNanos();

    /** @param lookAgain how often to look for new streams */
    public TrendsReader(
            LiveHub hub, Supplier<Consumer<byte[], byte[]>> consumers, TopicDirectory directory, Duration lookAgain) {
        this.hub = hub;
        this.consumers = consumers;
        this.directory = directory;
        this.lookAgain = lookAgain;
        this.thread = new Thread(this::run, "trends-reader");
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try (Consumer<byte[], byte[]> mine = consumers.get()) {
            consumer = mine;
            while (!stopping) {
                try {
                    round(mine);
                } catch (WakeupException | InterruptException e) {
                    // asked to stop
                } catch (TopicDirectory.UnavailableException | RuntimeException e) {
                    hub.source("the broker does not answer: " + e.getMessage());
                    LOG.debug("reading trends", e);
                    pause();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                hub.beat();
            }
        } catch (RuntimeException e) {
            hub.source("the reader of trends ended: " + e);
            LOG.error("the reader of trends ended", e);
        }
    }

    private void round(Consumer<byte[], byte[]> mine) throws TopicDirectory.UnavailableException, InterruptedException {
        if (System.nanoTime() - lookedAt >= lookAgain.toNanos()) {
            look(mine);
            hub.source("");
            lookedAt = System.nanoTime();
        }
        if (mine.assignment().isEmpty()) {
            Thread.sleep(POLL.toMillis());
            return;
        }
        ConsumerRecords<byte[], byte[]> batch = mine.poll(POLL);
        for (TopicPartition partition : batch.partitions()) {
            publish(batch.records(partition));
        }
    }

    /** Takes up topics that are new, or new under an old name. */
    private void look(Consumer<byte[], byte[]> mine) throws TopicDirectory.UnavailableException, InterruptedException {
        Map<String, String> topics = new TreeMap<>(directory.topics());
        topics.keySet()
                .removeIf(topic -> StreamTopic.parse(topic, TrendsTopic.TRENDS).isEmpty());
        List<TopicPartition> all = new ArrayList<>();
        List<TopicPartition> fresh = new ArrayList<>();
        for (Map.Entry<String, String> topic : topics.entrySet()) {
            String known = ids.get(topic.getKey());
            List<PartitionInfo> partitions = mine.partitionsFor(topic.getKey());
            for (PartitionInfo partition : partitions == null ? List.<PartitionInfo>of() : partitions) {
                TopicPartition next = new TopicPartition(topic.getKey(), partition.partition());
                all.add(next);
                if (!topic.getValue().equals(known)) {
                    fresh.add(next);
                }
            }
            if (known != null && !topic.getValue().equals(known)) {
                hub.reset(stream(topic.getKey()));
            }
        }
        mine.assign(all);
        Map<TopicPartition, Long> begin = mine.beginningOffsets(fresh);
        mine.endOffsets(fresh)
                .forEach((partition, end) -> mine.seek(partition, Math.max(begin.get(partition), end - BEFORE_END)));
        ids.clear();
        ids.putAll(topics);
    }

    /** Of a batch as a backlog has it only what boards would remember of it is read, by key, which says the board. */
    private void publish(List<ConsumerRecord<byte[], byte[]>> records) {
        boolean[] passedOver = new boolean[records.size()];
        Map<ByteBuffer, Integer> following = new HashMap<>();
        for (int i = records.size() - 1; i >= 0; i--) {
            byte[] key = records.get(i).key();
            passedOver[i] =
                    key != null && following.merge(ByteBuffer.wrap(key), 1, Integer::sum) > LiveBoard.EVENTS_MAX;
        }
        for (int i = 0; i < passedOver.length; i++) {
            publish(records.get(i), passedOver[i]);
        }
    }

    private void publish(ConsumerRecord<byte[], byte[]> record, boolean passedOver) {
        Stream stream = stream(record.topic());
        try {
            if (passedOver) {
                hub.passOver(stream, RankingCodec.head(record.value()));
            } else {
                Ranking ranking = RankingCodec.decode(record.value());
                hub.publish(stream, record.offset(), ranking, record.value());
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("{}@{} is no ranking: the history counts it", record.topic(), record.offset(), e);
        }
    }

    private static Stream stream(String topic) {
        return StreamTopic.parse(topic, TrendsTopic.TRENDS).orElseThrow().stream();
    }

    private void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopping = true;
        Consumer<byte[], byte[]> mine = consumer;
        if (mine != null) {
            mine.wakeup();
        }
        try {
            thread.join(3_000);
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(2_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
