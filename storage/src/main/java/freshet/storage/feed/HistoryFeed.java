package freshet.storage.feed;

import freshet.storage.history.HistoryException;
import freshet.storage.history.HistoryWriter;
import freshet.storage.history.HistoryWriter.Stretch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one kind of topic, of all streams, into the history. It owns a thread and the consumer on it.
 *
 * <p>A partition that was just assigned stays paused until the database has said where to go on; so it does again when
 * its topic turns out to be another than before. A batch that cannot be stored is read again a second later.
 */
public final class HistoryFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long RETRY_MS = 1_000;

    private final FeedKind kind;
    private final HistoryWriter writer;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final TopicDirectory directory;
    private final Runnable onForgotten;
    private final ClockListener clock;
    private final Counter stored;
    private final Counter malformed;
    private final Duration lookAgain;
    private final Thread thread;

    private volatile boolean stopping;
    private volatile Consumer<byte[], byte[]> consumer;
    private volatile String trouble = "starting";

    // Owned by the thread.
    private final Set<TopicPartition> unplaced = new HashSet<>();
    private final Map<String, String> ids = new HashMap<>();
    private long lookedAt;

    /**
     * @param onForgotten called when a stream turned out to have started afresh
     * @param clock told how far a stream's records have come in time
     * @param lookAgain how often to ask whether a topic is still the same one
     */
    public HistoryFeed(
            FeedKind kind,
            HistoryWriter writer,
            Supplier<Consumer<byte[], byte[]>> consumers,
            TopicDirectory directory,
            Runnable onForgotten,
            ClockListener clock,
            Duration lookAgain,
            MeterRegistry meters) {
        this.kind = kind;
        this.writer = writer;
        this.consumers = consumers;
        this.directory = directory;
        this.onForgotten = onForgotten;
        this.clock = clock;
        this.lookAgain = lookAgain;
        this.stored = meters.counter("freshet.history.records", "topic", kind.base());
        this.malformed = meters.counter("freshet.history.malformed", "topic", kind.base());
        this.thread = new Thread(this::run, "history-" + kind.base());
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** What keeps the feed from storing, in a line; empty when nothing does. */
    public String trouble() {
        return trouble;
    }

    private void run() {
        try (Consumer<byte[], byte[]> mine = consumers.get()) {
            consumer = mine;
            mine.subscribe(StreamTopic.pattern(kind.base()), new Assigned());
            trouble = "";
            while (!stopping) {
                try {
                    round(mine);
                } catch (HistoryException e) {
                    retry(e.getMessage());
                    rewind(mine);
                } catch (WakeupException | InterruptException e) {
                    // asked to stop
                } catch (RuntimeException e) {
                    LOG.debug("reading {}", kind.base(), e);
                    retry("reading " + kind.base() + " failed: " + e.getMessage());
                }
            }
        } catch (RuntimeException e) {
            trouble = "the history's reader of " + kind.base() + " ended: " + e;
            LOG.error("{}", trouble, e);
        }
    }

    private void round(Consumer<byte[], byte[]> mine) {
        place(mine);
        ConsumerRecords<byte[], byte[]> records = mine.poll(POLL);
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            store(partition, records.records(partition));
            done.put(partition, records.nextOffsets().get(partition));
        }
        if (!done.isEmpty()) {
            commit(mine, done);
            trouble = "";
        }
    }

    /**
     * For whoever watches the group's lag: the database knows where to go on. Only what was just read, since one topic
     * that is gone makes the commit of all fail.
     */
    private void commit(Consumer<byte[], byte[]> mine, Map<TopicPartition, OffsetAndMetadata> done) {
        mine.commitAsync(done, (offsets, failure) -> {
            if (failure != null) {
                LOG.debug("committing {}", offsets, failure);
            }
        });
    }

    private void store(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        StreamTopic topic = StreamTopic.parse(partition.topic(), kind.base()).orElseThrow();
        long from = records.get(0).offset();
        long to = records.get(records.size() - 1).offset() + 1;
        Stretch stretch =
                new Stretch(topic.stream(), kind.base(), ids.get(partition.topic()), partition.partition(), from, to);
        int bad = kind.store(stretch, records, writer);
        clock.reached(
                topic.stream(),
                records.stream().mapToLong(ConsumerRecord::timestamp).max().orElse(0));
        stored.increment(records.size() - (double) bad);
        malformed.increment(bad);
    }

    /** Seeks what was newly assigned, and what turned out to be a new topic under an old name. */
    private void place(Consumer<byte[], byte[]> mine) {
        long now = System.nanoTime();
        if (unplaced.isEmpty() && now - lookedAt < lookAgain.toNanos()) {
            return;
        }
        Map<String, String> topics;
        try {
            topics = directory.topics();
        } catch (TopicDirectory.UnavailableException e) {
            retry(e.getMessage());
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        lookedAt = now;
        for (TopicPartition partition : mine.assignment()) {
            String id = topics.get(partition.topic());
            if (id != null && (unplaced.contains(partition) || !id.equals(ids.get(partition.topic())))) {
                seek(mine, partition, id);
            }
        }
    }

    private void seek(Consumer<byte[], byte[]> mine, TopicPartition partition, String id) {
        StreamTopic topic = StreamTopic.parse(partition.topic(), kind.base()).orElseThrow();
        if (writer.adopt(topic.stream(), kind.base(), id)) {
            LOG.info("{} started afresh: what was remembered of it is forgotten", partition.topic());
            onForgotten.run();
        }
        ids.put(partition.topic(), id);
        OptionalLong next = writer.position(topic.stream(), kind.base(), partition.partition());
        if (next.isPresent()) {
            mine.seek(partition, next.getAsLong());
        } else {
            mine.seekToBeginning(List.of(partition));
        }
        unplaced.remove(partition);
        mine.resume(List.of(partition));
    }

    private void rewind(Consumer<byte[], byte[]> mine) {
        unplaced.addAll(mine.assignment());
        mine.pause(mine.assignment());
    }

    private void retry(String why) {
        if (!why.equals(trouble)) {
            LOG.warn("{}; trying again", why);
        }
        trouble = why;
        try {
            Thread.sleep(RETRY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops reading; what was read is stored. Returns within seconds. */
    @Override
    public void close() {
        stopping = true;
        Consumer<byte[], byte[]> mine = consumer;
        if (mine != null) {
            mine.wakeup();
        }
        try {
            thread.join(5_000);
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(2_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Assigned implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            unplaced.addAll(partitions);
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            unplaced.removeAll(partitions);
        }
    }
}
