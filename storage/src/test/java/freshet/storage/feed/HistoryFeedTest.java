package freshet.storage.feed;

import static freshet.storage.RankingSamples.T0;
import static freshet.storage.RankingSamples.ranking;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.Stream;
import freshet.storage.history.Board;
import freshet.storage.history.HistoryException;
import freshet.storage.history.HistoryWriter;
import freshet.storage.sql.HistoryConfig;
import freshet.storage.sql.SqlDatabase;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.RankingCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFeedTest {

    private static final TopicPartition TRENDS = new TopicPartition("eclipse.trends", 0);
    private static final Board BOARD = new Board(new Stream("eclipse"), "10m", "all");

    @TempDir
    Path folder;

    private final Map<String, String> topics = new ConcurrentHashMap<>(Map.of("eclipse.trends", "id-1"));
    private final AtomicInteger forgotten = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private SqlDatabase database;
    private MockConsumer<byte[], byte[]> consumer;
    private HistoryFeed feed;

    @BeforeEach
    void open() throws IOException {
        database = SqlDatabase.open(HistoryConfig.of(folder.resolve("history.db")));
    }

    @AfterEach
    void close() {
        if (feed != null) {
            feed.close();
        }
        database.close();
    }

    @Test
    void finalsAreStoredAndThenCommitted() {
        start(FeedKind.RANKINGS, database.writer(), TRENDS);

        publish(TRENDS, 0, RankingCodec.encode(ranking("10m", T0, "a:breaking")));

        await().until(() -> current() != null);
        await().until(() -> committed(TRENDS) == 1);
    }

    /** Since a topic that was deleted would make every commit fail. */
    @Test
    void onlyWhatWasJustReadIsCommitted() {
        TopicPartition deleted = new TopicPartition("storm.trends", 0);
        topics.put("storm.trends", "id-9");
        start(FeedKind.RANKINGS, database.writer(), TRENDS, deleted);

        publish(TRENDS, 0, RankingCodec.encode(ranking("10m", T0, "a:breaking")));

        await().until(() -> committed(TRENDS) == 1);
        assertThat(committed(deleted)).isEqualTo(-1);
    }

    @Test
    void whatIsNoRankingIsCountedAndPassed() {
        start(FeedKind.RANKINGS, database.writer(), TRENDS);

        publish(TRENDS, 0, "nonsense".getBytes(UTF_8));
        publish(TRENDS, 1, null);
        publish(TRENDS, 2, "{\"window\":\"10m\"}".getBytes(UTF_8));
        publish(TRENDS, 3, RankingCodec.encode(ranking("10m", T0, "a:breaking")));

        await().until(() -> current() != null);
        assertThat(meters.counter("freshet.history.malformed", "topic", "trends")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void readingGoesOnWhereTheDatabaseSays() {
        database.writer()
                .rankings(
                        new HistoryWriter.Stretch(BOARD.stream(), "trends", "id-1", 0, 0, 5),
                        List.of(ranking("10m", T0, "a:breaking")));

        start(FeedKind.RANKINGS, database.writer(), TRENDS);

        await().until(() -> position() == 5);
    }

    @Test
    void aTopicMadeAnewIsReadFromItsBeginning() {
        start(FeedKind.RANKINGS, database.writer(), TRENDS);
        publish(TRENDS, 0, RankingCodec.encode(ranking("10m", T0, "a:breaking")));
        await().until(() -> current() != null);

        topics.put("eclipse.trends", "id-2");

        await().until(() -> forgotten.get() == 1);
        await().until(() -> position() == 0);
        assertThat(current()).isNull();
    }

    @Test
    void aBatchThatCannotBeStoredIsReadAgain() {
        AtomicInteger failures = new AtomicInteger(1);
        HistoryWriter failing = (HistoryWriter) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HistoryWriter.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("rankings") && failures.getAndDecrement() > 0) {
                        throw new HistoryException("storing failed: disk full", null);
                    }
                    try {
                        return method.invoke(database.writer(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        start(FeedKind.RANKINGS, failing, TRENDS);
        byte[] value = RankingCodec.encode(ranking("10m", T0, "a:breaking"));
        publish(TRENDS, 0, value);

        await().until(() -> feed.trouble().contains("disk full"));
        await().until(() -> position() == 0); // the mock delivers a record once, so hand it out again
        publish(TRENDS, 0, value);

        await().until(() -> current() != null);
    }

    @Test
    void retractionsAreRememberedAndPostsAreNot() {
        topics.put("posts", "id-3");
        TopicPartition posts = new TopicPartition("posts", 3);
        start(FeedKind.RETRACTIONS, database.writer(), posts);

        publish(posts, 0, "{\"id\":\"7\",\"text\":\"the word \\\"retracts\\\" in a post\"}".getBytes(UTF_8));
        publish(posts, 1, PostCodec.encode(new Retraction("twitter", "7", null, T0.toEpochMilli())));

        await().until(() -> database.history().retracted(Stream.LIVE, "twitter", "7", "ann", T0));
    }

    private Ranking current() {
        return database.history().rankingAt(BOARD, T0).orElse(null);
    }

    private void start(FeedKind kind, HistoryWriter writer, TopicPartition... assigned) {
        List<TopicPartition> partitions = List.of(assigned);
        consumer = new MockConsumer<>("earliest");
        feed = new HistoryFeed(
                kind,
                writer,
                () -> consumer,
                () -> topics,
                forgotten::incrementAndGet,
                (stream, time) -> {},
                Duration.ofMillis(50),
                meters);
        partitions.forEach(partition -> consumer.updateBeginningOffsets(Map.of(partition, 0L)));
        consumer.schedulePollTask(() -> consumer.rebalance(partitions));
        feed.start();
        await().until(() -> consumer.assignment().containsAll(partitions)
                && consumer.paused().isEmpty());
    }

    private void publish(TopicPartition partition, long offset, byte[] value) {
        consumer.schedulePollTask(() -> consumer.addRecord(
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset, null, value)));
    }

    private long position() {
        return consumer.position(TRENDS);
    }

    private long committed(TopicPartition partition) {
        var offset = consumer.committed(java.util.Set.of(partition)).get(partition);
        return offset == null ? -1 : offset.offset();
    }
}
