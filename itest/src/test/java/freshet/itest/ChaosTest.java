package freshet.itest;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.datasets.generator.Demo;
import freshet.ingest.contract.Stream;
import freshet.itest.fixture.ApacheKafka;
import freshet.itest.fixture.BrokerProcess;
import freshet.itest.fixture.Freshet;
import freshet.itest.fixture.JavaProcess;
import freshet.itest.fixture.RoughRecording;
import freshet.itest.fixture.StreamAtRest;
import freshet.trends.job.TrendsConfig;
import freshet.trends.recount.Recount;
import freshet.trends.recount.TopicRecount;
import freshet.trends.recount.Verdict;
import freshet.trends.time.Windows;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, six partitions, three of each step: killed with -9, stopped past their session's end and resumed, ended
 * and joining again, the broker and ingest among them, by seed, while a rough recording plays: lines late and twice, posts
 * deleted, authors banned. Then every tag and slide is counted again.
 *
 * <p>The long ones disturb {@code freshet.chaos.times} times, about every two and a half seconds, while the recording plays
 * at {@code freshet.chaos.speed}, by {@code freshet.chaos.seed}: by default for an hour.
 */
class ChaosTest {

    private static final Stream STREAM = new Stream("chaos");
    private static final String WINDOWS = "1m/5s,10m/1m,1h/5m";
    private static final int AUTHORS_MIN = 2;
    private static final int STEPS = 3;
    private static final String LONG_SPEED = System.getProperty("freshet.chaos.speed", "10x");
    private static final long LONG_SEED = Long.getLong("freshet.chaos.seed", 2);
    private static final int LONG_TIMES = Integer.getInteger("freshet.chaos.times", 1_500);
    private static final int EVERY_MS = 2_500;
    private static final int PLAY_SECONDS = 4 * 3_600;
    private static final int REST_SECONDS = 300;

    @TempDir
    Path dir;

    private Path recording;
    private BrokerProcess broker;
    private Chaos chaos;
    private int started;

    @BeforeEach
    void makeRoughRecording() throws Exception {
        recording = dir.resolve("rough.ndjson.gz");
        try (InputStream smooth = Demo.class.getResourceAsStream(Demo.RESOURCE)) {
            RoughRecording.write(1, smooth, recording);
        }
    }

    @Test
    void everyTagAndSlideIsRightAfterMinutesOfChaos() throws Exception {
        broker = BrokerProcess.ours(dir.resolve("broker"));
        run(1, "600x", 24);
    }

    @Test
    @Tag("slow")
    void everyTagAndSlideIsRightAfterMinutesOfChaosOnApacheKafka() throws Exception {
        broker = ApacheKafka.start(Files.createDirectories(dir.resolve("kafka")));
        run(3, "800x", 18);
    }

    @Test
    @Tag("slow")
    void everyTagAndSlideIsRightAfterHoursOfChaos() throws Exception {
        broker = BrokerProcess.ours(dir.resolve("broker"));
        run(LONG_SEED, LONG_SPEED, LONG_TIMES);
    }

    @Test
    @Tag("slow")
    void everyTagAndSlideIsRightAfterHoursOfChaosOnApacheKafka() throws Exception {
        broker = ApacheKafka.start(Files.createDirectories(dir.resolve("kafka")));
        run(LONG_SEED, LONG_SPEED, LONG_TIMES);
    }

    private void run(long seed, String speed, int times) throws Exception {
        chaos = new Chaos(seed);
        chaos.add("ingest", 2, () -> play(speed));
        for (String step : List.of("extract", "count", "rank")) {
            for (int i = 0; i < STEPS; i++) {
                chaos.add(step, 2, () -> step(step));
            }
        }
        chaos.add("broker", 1, this::broker);
        chaos.run(times, EVERY_MS, () -> chaos.finished("ingest"));
        String when = "seed " + seed + ", " + chaos.disturbances();
        chaos.calmUntil(() -> chaos.finished("ingest"), PLAY_SECONDS);
        chaos.calmUntil(() -> StreamAtRest.isReached(broker.bootstrapServers(), STREAM), REST_SECONDS);

        TopicRecount topics = new TopicRecount(broker.bootstrapServers(), STREAM);
        Recount posts = topics.posts(TrendsConfig.LATENESS);
        assertThat(posts.outcomes).as(when).containsKeys("counted", "late", "duplicate", "retraction");
        Verdict verdict =
                Verdict.of(posts, topics.published(), Windows.parse(WINDOWS).all(), AUTHORS_MIN);
        assertThat(verdict.findings()).as(when).isEmpty();
        assertThat(verdict.tags()).as(when).isGreaterThan(10_000);
        assertThat(chaos.disturbances()).as(when).hasSizeGreaterThan(6);
    }

    private JavaProcess broker() {
        if (!broker.process().isAlive()) {
            broker.restart();
        }
        return broker.process();
    }

    private JavaProcess play(String speed) {
        return start("ingest", "ingest", "file:" + recording, "--speed", speed);
    }

    private JavaProcess step(String step) {
        return start(
                step,
                "trends",
                "--steps",
                step,
                "--windows",
                WINDOWS,
                "--min-authors",
                Integer.toString(AUTHORS_MIN),
                "--ranking-size",
                "1000000",
                "--every-tag");
    }

    private JavaProcess start(String name, String... command) {
        String[] args = java.util.stream.Stream.concat(
                        java.util.Arrays.stream(command),
                        java.util.stream.Stream.of(
                                "--stream", STREAM.name(), "--bootstrap-server", broker.bootstrapServers()))
                .toArray(String[]::new);
        return Freshet.start(dir, name + "-" + started++, args).process();
    }

    @AfterEach
    void stop() {
        if (chaos != null) {
            chaos.stop();
        }
        if (broker != null) {
            broker.close();
        }
    }
}
