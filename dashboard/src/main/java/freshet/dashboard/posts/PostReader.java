package freshet.dashboard.posts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * Fetches single posts. One consumer, lent to one caller at a time; posts that were fetched are remembered for a while,
 * since many look at the same ones.
 */
public final class PostReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int REMEMBERED = 5_000;

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Cache<Place, Post> posts = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();
    private Consumer<byte[], byte[]> consumer;
    private boolean closed;

    private record Place(Stream stream, Ref ref) {}

    public PostReader(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /**
     * The posts that stand at {@code refs}; those that are no longer there, or are no posts, are left out.
     *
     * @throws IOException when the broker does not answer in time
     */
    public Map<Ref, Post> read(Stream stream, Collection<Ref> refs) throws IOException {
        Map<Ref, Post> found = new HashMap<>();
        Set<Ref> missing = new HashSet<>();
        for (Ref ref : refs) {
            Post known = posts.getIfPresent(new Place(stream, ref));
            if (known != null) {
                found.put(ref, known);
            } else {
                missing.add(ref);
            }
        }
        if (!missing.isEmpty()) {
            fetch(stream.topic(PostsTopic.POSTS), missing).forEach((ref, post) -> {
                posts.put(new Place(stream, ref), post);
                found.put(ref, post);
            });
        }
        return found;
    }

    /** Forgets what was fetched: a stream started afresh. */
    public void forget() {
        posts.invalidateAll();
    }

    private synchronized Map<Ref, Post> fetch(String topic, Set<Ref> refs) throws IOException {
        if (closed) {
            throw new IOException("the dashboard is stopping");
        }
        try {
            if (consumer == null) {
                consumer = consumers.get();
            }
            return fetch(consumer, topic, refs);
        } catch (KafkaException e) {
            throw new IOException("posts cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<Ref, Post> fetch(Consumer<byte[], byte[]> consumer, String topic, Set<Ref> refs)
            throws IOException {
        Map<Ref, Post> found = new HashMap<>();
        Map<TopicPartition, Deque<Ref>> wanted = present(consumer, topic, refs);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.isEmpty()) { // each round fetches one post from every partition
            Map<TopicPartition, Ref> round = new HashMap<>();
            wanted.forEach((partition, queue) -> round.put(partition, queue.poll()));
            wanted.values().removeIf(Deque::isEmpty);
            consumer.assign(round.keySet());
            consumer.resume(round.keySet()); // a partition that stays assigned stays paused
            round.forEach((partition, ref) -> consumer.seek(partition, ref.offset()));
            while (!round.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("posts cannot be read: no answer within " + PATIENCE.toSeconds() + " s");
                }
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
                for (TopicPartition partition : records.partitions()) {
                    Ref ref = round.remove(partition);
                    ConsumerRecord<byte[], byte[]> first =
                            records.records(partition).get(0);
                    if (ref != null && first.offset() == ref.offset()) {
                        post(first.value()).ifPresent(post -> found.put(ref, post));
                    }
                    consumer.pause(List.of(partition));
                }
            }
        }
        return found;
    }

    /** The refs by partition that lie within what the topic holds. */
    private static Map<TopicPartition, Deque<Ref>> present(
            Consumer<byte[], byte[]> consumer, String topic, Set<Ref> refs) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic, PATIENCE);
        Set<Integer> numbers = infos == null
                ? Set.of()
                : infos.stream().map(PartitionInfo::partition).collect(Collectors.toSet());
        Map<TopicPartition, Deque<Ref>> wanted =
                new TreeMap<>(java.util.Comparator.comparingInt(TopicPartition::partition));
        for (Ref ref : refs) {
            if (numbers.contains(ref.partition())) {
                wanted.computeIfAbsent(new TopicPartition(topic, ref.partition()), p -> new ArrayDeque<>())
                        .add(ref);
            }
        }
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(wanted.keySet(), PATIENCE);
        Map<TopicPartition, Long> end = consumer.endOffsets(wanted.keySet(), PATIENCE);
        wanted.forEach((partition, queue) ->
                queue.removeIf(ref -> ref.offset() < begin.get(partition) || ref.offset() >= end.get(partition)));
        wanted.values().removeIf(Deque::isEmpty);
        return wanted;
    }

    private static Optional<Post> post(byte[] value) {
        try {
            return PostCodec.decode(value) instanceof Post post ? Optional.of(post) : Optional.empty();
        } catch (MalformedRecordException e) {
            return Optional.empty();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (consumer != null) {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
        }
    }
}
