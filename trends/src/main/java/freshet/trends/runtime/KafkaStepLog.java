package freshet.trends.runtime;

import freshet.ingest.contract.Stream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log over the Kafka protocol: a consumer in a group, an idempotent producer and an admin client of its own. */
final class KafkaStepLog implements StepLog {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaStepLog.class);
    private static final long WAIT_SECONDS = 120;

    private final Stream stream;
    private final String input;
    private final int partitions;
    private final Clients clients;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final Admin admin;
    private final Set<TopicPartition> held = new HashSet<>();
    /** Opened when state is read first. */
    private Consumer<byte[], byte[]> stateReader;

    private volatile RuntimeException failure;
    private volatile boolean closing;

    /**
     * @param input base name of the topic to read
     * @param partitions how many partitions it has
     */
    KafkaStepLog(Clients clients, Stream stream, Step step, int partitions) {
        this.clients = clients;
        this.stream = stream;
        this.input = stream.topic(step.input());
        this.partitions = partitions;
        this.consumer = clients.consumer(stream, step.name());
        this.producer = clients.producer(stream, step);
        this.admin = clients.admin(stream, step.name());
    }

    @Override
    public void join(Assignment assignment) {
        consumer.subscribe(List.of(input), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
                if (!assigned.isEmpty() && !closing) {
                    keepingFailure(() -> assignment.assigned(numbers(assigned)));
                }
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                if (!revoked.isEmpty() && !closing) {
                    held.removeAll(revoked);
                    keepingFailure(() -> assignment.revoked(numbers(revoked)));
                }
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> lost) {
                if (!closing) {
                    held.removeAll(lost);
                    assignment.lost(numbers(lost));
                }
            }
        });
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public List<LogRecord> poll(long timeoutMillis) {
        List<LogRecord> records = new ArrayList<>();
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(timeoutMillis))) {
                records.add(new LogRecord(
                        record.partition(), record.offset(), record.timestamp(), record.key(), record.value()));
            }
        } catch (FencedInstanceIdException e) {
            throw new IllegalStateException(
                    "another process has joined the group of " + input + " under this one's name "
                            + clients.instanceId() + "; give each its own with --group-instance-id",
                    e);
        } catch (KafkaException e) {
            throwFailure();
            throw e;
        }
        return records;
    }

    /** The consumer hides what went wrong in an assignment behind an error of its own. */
    private void keepingFailure(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public Map<Integer, Committed> committed(Collection<Integer> of) {
        Map<Integer, Committed> committed = new HashMap<>();
        consumer.committed(Set.copyOf(topicPartitions(of))).forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition.partition(), new Committed(offset.offset(), offset.metadata()));
            }
        });
        return committed;
    }

    @Override
    public Map<Integer, Long> logStarts(Collection<Integer> of) {
        return byNumber(consumer.beginningOffsets(topicPartitions(of)));
    }

    @Override
    public Map<Integer, Long> logEnds(Collection<Integer> of) {
        return byNumber(consumer.endOffsets(topicPartitions(of)));
    }

    @Override
    public boolean lags(int partition) {
        return consumer.currentLag(new TopicPartition(input, partition)).orElse(1) > 0;
    }

    @Override
    public void seek(int partition, long offset) {
        consumer.seek(new TopicPartition(input, partition), offset);
    }

    @Override
    public void holdBack(Collection<Integer> wanted) {
        Set<TopicPartition> now = Set.copyOf(topicPartitions(wanted));
        if (!now.equals(held)) {
            Set<TopicPartition> resumed = new HashSet<>(held);
            resumed.removeAll(now);
            consumer.resume(resumed);
            consumer.pause(now);
            held.clear();
            held.addAll(now);
        }
    }

    @Override
    public void send(Outgoing record) {
        throwFailure();
        ProducerRecord<byte[], byte[]> out = producerRecord(record);
        producer.send(out, (written, e) -> {
            if (e != null && failure == null) {
                failure = new IllegalStateException(
                        "a record could not be written to " + out.topic() + "-" + out.partition() + ": "
                                + e.getMessage(),
                        e);
            }
        });
    }

    private ProducerRecord<byte[], byte[]> producerRecord(Outgoing record) {
        ProducerRecord<byte[], byte[]> out = new ProducerRecord<>(
                stream.topic(record.topic()), record.partition(), record.timestamp(), record.key(), record.value());
        record.headers().forEach((name, text) -> out.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return out;
    }

    @Override
    public void awaitAcknowledged() {
        producer.flush();
        throwFailure();
    }

    private void throwFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean commit(Map<Integer, Committed> offsets) {
        Map<TopicPartition, OffsetAndMetadata> commit = new HashMap<>();
        offsets.forEach((partition, done) ->
                commit.put(new TopicPartition(input, partition), new OffsetAndMetadata(done.offset(), done.note())));
        try {
            consumer.commitSync(commit);
            return true;
        } catch (RebalanceInProgressException | CommitFailedException e) {
            LOG.info("{}: not committed, the group is being rearranged", input);
            return false;
        }
    }

    @Override
    public Map<Integer, List<Long>> writeState(String topic, Map<Integer, List<byte[]>> values) {
        Map<Integer, List<Future<RecordMetadata>>> writes = new HashMap<>();
        values.forEach((partition, each) -> writes.put(
                partition,
                each.stream()
                        .map(value -> producer.send(
                                producerRecord(new Outgoing(topic, partition, clients.now(), null, value))))
                        .toList()));
        producer.flush();
        Map<Integer, List<Long>> offsets = new HashMap<>();
        writes.forEach((partition, each) -> offsets.put(
                partition,
                each.stream()
                        .map(write -> await(write, "write state to " + stream.topic(topic))
                                .offset())
                        .toList()));
        return offsets;
    }

    @Override
    public void readState(String topic, int partition, long from, long to, StateTaker taker) throws IOException {
        TopicPartition at = new TopicPartition(stream.topic(topic), partition);
        if (stateReader == null) {
            stateReader = clients.reader(stream, "state");
        }
        stateReader.assign(List.of(at));
        long start = stateReader.beginningOffsets(List.of(at)).get(at);
        long end = stateReader.endOffsets(List.of(at)).get(at);
        if (from < start || to >= end) {
            throw new IOException(
                    "of its records " + from + " to " + to + ", " + at + " holds " + start + " to " + (end - 1));
        }
        stateReader.seek(at, from);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (stateReader.position(at) <= to) {
            if (System.nanoTime() > deadline) {
                throw new IOException(at + " could not be read within " + WAIT_SECONDS + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : pollState(at)) {
                if (record.offset() <= to) {
                    taker.take(record.offset(), record.value());
                }
            }
        }
        stateReader.unsubscribe();
    }

    /** Records whose batch is damaged can't be read either, and whoever wants them may do without. */
    private ConsumerRecords<byte[], byte[]> pollState(TopicPartition at) throws IOException {
        try {
            return stateReader.poll(Duration.ofMillis(500));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw new IOException(at + " can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void trim(String topic, int partition, long before) {
        TopicPartition at = new TopicPartition(stream.topic(topic), partition);
        admin.deleteRecords(Map.of(at, RecordsToDelete.beforeOffset(before)))
                .all()
                .whenComplete((done, e) -> {
                    // The next trim takes these along.
                    if (e != null && !closing) {
                        LOG.warn("{}: records before {} could not be deleted: {}", at, before, e.getMessage());
                    }
                });
    }

    private static <T> T await(Future<T> future, String what) {
        try {
            return future.get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "could not " + what + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("could not " + what + " within " + WAIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while trying to " + what, e);
        }
    }

    private List<TopicPartition> topicPartitions(Collection<Integer> numbers) {
        return numbers.stream().map(n -> new TopicPartition(input, n)).toList();
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }

    private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byNumber = new HashMap<>();
        offsets.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
        return byNumber;
    }

    @Override
    public void close() {
        // A worker that failed must not be asked for a last commit.
        closing = true;
        // What is still unsent was never committed: whoever comes next writes it.
        close(() -> producer.close(Duration.ZERO));
        // Says that it leaves, under a static name too, so that the others need not wait for its session's end.
        close(() -> consumer.close(CloseOptions.timeout(Duration.ofSeconds(3))
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)));
        close(() -> {
            if (stateReader != null) {
                stateReader.close(CloseOptions.timeout(Duration.ZERO));
            }
        });
        close(() -> admin.close(Duration.ZERO));
    }

    private void close(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            LOG.debug("{}: while closing", input, e);
        }
    }
}
