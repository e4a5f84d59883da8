package freshet.dashboard;

import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.PostCodec;
import freshet.storage.feed.TopicDirectory;
import freshet.trends.contract.RankingCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A cluster in memory: topics that grow, and any number of consumers on them. */
public final class FakeCluster implements Cluster {

    private final Map<TopicPartition, List<byte[]>> logs = new HashMap<>();
    private final Map<String, String> ids = new TreeMap<>();
    private boolean down;

    /** Appends a record, and makes its topic where there is none; returns its offset. */
    public synchronized long append(String topic, int partition, byte[] value) {
        ids.computeIfAbsent(topic, t -> Uuid.randomUuid().toString());
        List<byte[]> log = logs.computeIfAbsent(new TopicPartition(topic, partition), p -> new ArrayList<>());
        log.add(value);
        return log.size() - 1L;
    }

    /** Deletes a topic; appending to it makes it anew. */
    public synchronized void delete(String topic) {
        ids.remove(topic);
        logs.keySet().removeIf(partition -> partition.topic().equals(topic));
    }

    /** Whether the cluster answers. */
    public synchronized void down(boolean isDown) {
        down = isDown;
    }

    private synchronized List<byte[]> log(TopicPartition partition) {
        return new ArrayList<>(logs.getOrDefault(partition, List.of()));
    }

    private synchronized Set<TopicPartition> partitions(Pattern topic) {
        Set<TopicPartition> found = new HashSet<>(logs.keySet());
        found.removeIf(partition -> !topic.matcher(partition.topic()).matches());
        return found;
    }

    @Override
    public TopicDirectory topics() {
        return () -> {
            synchronized (this) {
                if (down) {
                    throw new TopicDirectory.UnavailableException("no one there", null);
                }
                return Map.copyOf(ids);
            }
        };
    }

    @Override
    public Consumer<byte[], byte[]> consumer(String clientId) {
        return new Reader();
    }

    @Override
    public Consumer<byte[], byte[]> groupConsumer(String group) {
        return new Reader();
    }

    @Override
    public Consumer<byte[], byte[]> seekingConsumer(String clientId) {
        return new Reader();
    }

    @Override
    public void close() {}

    private final class Reader extends MockConsumer<byte[], byte[]> {

        private static final int AT_ONCE = 500;

        private Pattern wanted;

        Reader() {
            super("earliest");
        }

        @Override
        public synchronized void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
            super.subscribe(pattern, listener);
            wanted = pattern;
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (wanted != null && !partitions(wanted).equals(assignment())) {
                partitions(wanted).forEach(p -> updateBeginningOffsets(Map.of(p, 0L)));
                rebalance(partitions(wanted));
            }
            boolean any = false;
            for (TopicPartition partition : assignment()) {
                if (!paused().contains(partition)) {
                    List<byte[]> log = log(partition);
                    long from = position(partition);
                    for (long next = from; next < Math.min(log.size(), from + AT_ONCE); next++) {
                        any = true;
                        addRecord(record(partition, next, log.get((int) next)));
                    }
                }
            }
            if (!any) {
                try {
                    wait(Math.min(timeout.toMillis(), 10));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return super.poll(Duration.ZERO);
        }

        private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, byte[] value) {
            return new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset,
                    timestamp(value),
                    TimestampType.CREATE_TIME,
                    ConsumerRecord.NULL_SIZE,
                    value == null ? 0 : value.length,
                    key(value),
                    value,
                    new RecordHeaders(),
                    Optional.empty());
        }

        /** Of rankings their own. */
        private static byte[] key(byte[] value) {
            try {
                return RankingCodec.head(value).key().getBytes(StandardCharsets.UTF_8);
            } catch (IOException e) {
                return null;
            }
        }

        /** Event time, for posts. */
        private static long timestamp(byte[] value) {
            try {
                return PostCodec.decodeHead(value).time();
            } catch (MalformedRecordException e) {
                return 0;
            }
        }

        @Override
        public synchronized void assign(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> positions = new HashMap<>();
            for (TopicPartition partition : partitions) {
                if (assignment().contains(partition)) {
                    positions.put(partition, position(partition));
                }
                updateBeginningOffsets(Map.of(partition, 0L));
            }
            super.assign(partitions);
            positions.forEach(this::seek);
        }

        @Override
        public List<PartitionInfo> partitionsFor(String topic) {
            return partitions(Pattern.compile(Pattern.quote(topic))).stream()
                    .map(p -> new PartitionInfo(p.topic(), p.partition(), null, null, null))
                    .toList();
        }

        @Override
        public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
            return partitionsFor(topic);
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> begin = new HashMap<>();
            partitions.forEach(partition -> begin.put(partition, 0L));
            return begin;
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions, Duration timeout) {
            return beginningOffsets(partitions);
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> end = new HashMap<>();
            partitions.forEach(
                    partition -> end.put(partition, (long) log(partition).size()));
            return end;
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
            return endOffsets(partitions);
        }
    }
}
