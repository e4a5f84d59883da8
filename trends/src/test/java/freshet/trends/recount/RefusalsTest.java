package freshet.trends.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.TimeMarker;
import freshet.trends.contract.TrendsTopic;
import freshet.trends.extract.ExtractSettings;
import freshet.trends.job.CountStep;
import freshet.trends.job.ExtractStep;
import freshet.trends.runtime.Committed;
import freshet.trends.runtime.Outgoing;
import freshet.trends.runtime.Step;
import freshet.trends.runtime.Worker;
import freshet.trends.runtime.WorkerMetrics;
import freshet.trends.runtime.WorkerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where to go on would be to guess, a worker stops with a line that says what is wrong and what to do. */
class RefusalsTest {

    private static final long NOON = 1_448_020_800_000L;

    private final SimulatedLog log = new SimulatedLog(new Random(7));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Step extract =
            new ExtractStep(new Uuid(1, 2), "posts", 1, 1, new ExtractSettings(10_000, 60_000), registry);
    private final Step count = new CountStep(Simulation.COUNT, 1);
    private long clock;

    @BeforeEach
    void topics() {
        log.create(PostsTopic.POSTS, 1);
        log.create(PostsTopic.REJECTED, 1);
        log.create(TrendsTopic.HASHTAG_USES, 1);
        log.create(TrendsTopic.EXTRACT_STATE, 1);
        log.create(TrendsTopic.COUNT_STATE, 1);
        log.create(TrendsTopic.TREND_CANDIDATES, 1);
        for (int i = 0; i < 40; i++) {
            log.append(
                    new Outgoing(PostsTopic.POSTS, 0, NOON, null, PostCodec.encode(new TimeMarker(NOON + 1_000L * i))));
        }
    }

    private void work(Step step) {
        SimulatedClient client = new SimulatedClient(log, step, new Random(1));
        Worker worker = new Worker(
                step,
                client,
                new WorkerSettings(0, 0, 0, 600_000, 10),
                () -> clock += 10,
                point -> {},
                new WorkerMetrics(registry, "", step.name()));
        worker.start();
        for (int i = 0; i < 60; i++) {
            worker.round();
        }
        worker.drain();
        client.close();
    }

    @Test
    void aDrainedWorkerHasCommittedAllThatItRead() {
        work(extract);
        work(count);
        assertThat(log.group("extract").committed.get(0).offset()).isEqualTo(40);
        assertThat(log.group("count").committed.get(0).offset())
                .isEqualTo(log.partition(TrendsTopic.HASHTAG_USES, 0).end());
    }

    @Test
    void recordsDeletedBeforeTheyWereRead() {
        work(extract);
        log.append(new Outgoing(PostsTopic.POSTS, 0, NOON, null, new byte[0]));
        log.append(new Outgoing(PostsTopic.POSTS, 0, NOON, null, new byte[0]));
        log.partition(PostsTopic.POSTS, 0).start = 41;
        assertThatThrownBy(() -> work(extract))
                .hasMessageContaining("posts-0 holds offsets 41 to 42")
                .hasMessageContaining("go on from 40")
                .hasMessageContaining("deleted before they were read");
    }

    @Test
    void aLogThatIsShorterThanWhatWasReadOfIt() {
        work(extract);
        log.partition(PostsTopic.POSTS, 0).records.clear();
        assertThatThrownBy(() -> work(extract)).hasMessageContaining("records were lost or the topic was made anew");
    }

    @Test
    void aForeignCommit() {
        log.group("extract").committed.put(0, new Committed(3, ""));
        assertThatThrownBy(() -> work(extract)).hasMessageContaining("something else commits under its group");
    }

    @Test
    void aLostStateOfWhichTheLogIsNoLongerWhole() {
        work(extract);
        work(count);
        log.group("count").committed.clear();
        log.partition(TrendsTopic.HASHTAG_USES, 0).start = 1;
        assertThatThrownBy(() -> work(count))
                .hasMessageContaining("the state of count for partition 0 is lost")
                .hasMessageContaining("to compute everything again");
    }

    @Test
    void aLostStateOfWhichTheLogIsWholeIsComputedAgain() {
        work(extract);
        work(count);
        SimulatedLog.Partition uses = log.partition(TrendsTopic.HASHTAG_USES, 0);
        uses.start = 0;
        log.partition(TrendsTopic.COUNT_STATE, 0).start =
                log.partition(TrendsTopic.COUNT_STATE, 0).end();
        work(count);
        assertThat(log.group("count").committed.get(0).offset()).isEqualTo(uses.end());
    }
}
