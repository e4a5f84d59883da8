package freshet.itest;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.datasets.generator.Demo;
import freshet.ingest.contract.Stream;
import freshet.itest.fixture.Freshet;
import freshet.itest.fixture.StreamAtRest;
import freshet.trends.job.TrendsConfig;
import freshet.trends.recount.TopicRecount;
import freshet.trends.recount.Verdict;
import freshet.trends.time.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes, six partitions, three instances of the job: killed with -9, stopped past their session's end and
 * resumed, and the broker killed among them, by seed, while a recording plays. Then every tag and slide is counted again.
 */
class ChaosTest {

    private static final Stream STREAM = new Stream("chaos");
    private static final String WINDOWS = "1m/5s,10m/1m,1h/5m";
    private static final int AUTHORS_MIN = 2;
    private static final String RECORDING = "recording.ndjson.gz";
    /** Past the session timeout of six seconds. */
    private static final int STOP_SECONDS = 9;

    @TempDir
    Path dir;

    private final List<Freshet> jobs = new ArrayList<>();
    private Freshet broker;
    private Freshet ingest;
    private int port;
    private int started;

    @Test
    void everyTagAndSlideIsRightAfterAMinuteOfChaos() throws Exception {
        chaos(1, "400x", 1);
    }

    @Test
    @Tag("slow")
    void everyTagAndSlideIsRightAfterManyMinutesOfChaos() throws Exception {
        chaos(Long.getLong("freshet.chaos.seed", 2), "25x", 6);
    }

    private void chaos(long seed, String speed, int brokerKills) throws Exception {
        Random random = new Random(seed);
        broker = Freshet.broker(dir, 0);
        port = broker.brokerPort();
        Files.copy(Demo.class.getResourceAsStream(Demo.RESOURCE), dir.resolve(RECORDING));
        ingest = play(speed);
        for (int i = 0; i < 3; i++) {
            jobs.add(job());
        }
        int round = 0;
        while (!played(speed)) {
            pause(500 + random.nextInt(4_000));
            superviseJobs();
            disturb(random, ++round % 8 == 5 && brokerKills-- > 0);
        }
        assertThat(round).as("disturbances").isGreaterThan(4);
        superviseJobs();
        StreamAtRest.await(broker.bootstrapServers(), STREAM, 240);
        Verdict verdict = new TopicRecount(broker.bootstrapServers(), STREAM)
                .judge(Windows.parse(WINDOWS).all(), TrendsConfig.LATENESS, AUTHORS_MIN);
        assertThat(verdict.findings()).as("seed %d", seed).isEmpty();
        assertThat(verdict.tags()).isGreaterThan(10_000);
    }

    /** One that ends by itself, since the broker was away when it started, is started again. */
    private void superviseJobs() {
        jobs.replaceAll(job -> job.process().isAlive() ? job : job());
    }

    private void disturb(Random random, boolean killBroker) throws Exception {
        if (killBroker) {
            broker.process().kill();
            pause(random.nextInt(3_000));
            broker = Freshet.broker(dir, port);
            return;
        }
        int which = random.nextInt(jobs.size());
        Freshet job = jobs.get(which);
        switch (random.nextInt(3)) {
            case 0 -> {
                job.process().kill();
                pause(random.nextInt(8_000));
                jobs.set(which, job());
            }
            case 1 -> {
                signal(job, "STOP");
                pause(1_000 * STOP_SECONDS);
                signal(job, "CONT");
            }
            default -> {
                job.process().terminate();
                assertThat(job.process().exitCode(30))
                        .as(job.process().output())
                        .isNotEqualTo(137);
                jobs.set(which, job());
            }
        }
    }

    /** Whether the recording is played to its end; an ingest that ends before goes on where the log says it was. */
    private boolean played(String speed) {
        if (ingest.process().isAlive()) {
            return false;
        }
        if (ingest.process().exitCode(1) == 0) {
            return true;
        }
        ingest = play(speed);
        return false;
    }

    private Freshet play(String speed) {
        return Freshet.start(
                dir,
                "ingest-" + started++,
                "ingest",
                "file:" + dir.resolve(RECORDING),
                "--stream",
                STREAM.name(),
                "--speed",
                speed,
                "--bootstrap-server",
                "localhost:" + port);
    }

    private Freshet job() {
        return Freshet.start(
                dir,
                "trends-" + started++,
                "trends",
                "--stream",
                STREAM.name(),
                "--bootstrap-server",
                "localhost:" + port,
                "--windows",
                WINDOWS,
                "--min-authors",
                Integer.toString(AUTHORS_MIN),
                "--ranking-size",
                "1000000",
                "--every-tag");
    }

    private static void signal(Freshet job, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(job.process().pid()))
                .start()
                .waitFor();
    }

    private static void pause(long millis) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        Awaitility.await()
                .pollDelay(Math.max(1, millis), TimeUnit.MILLISECONDS)
                .atMost(millis + 60_000, TimeUnit.MILLISECONDS)
                .until(() -> System.nanoTime() >= until);
    }

    @AfterEach
    void stop() throws Exception {
        for (Freshet job : jobs) {
            signal(job, "CONT");
            job.close();
        }
        if (ingest != null) {
            ingest.close();
        }
        if (broker != null) {
            broker.close();
        }
    }
}
