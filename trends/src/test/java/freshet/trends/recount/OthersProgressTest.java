package freshet.trends.recount;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What workers know of each other's partitions, so that none runs away from another: what stands beside the commits. */
class OthersProgressTest {

    private static final long NOON = 1_448_020_800_000L;
    private static final long MINUTE = 60_000;
    private static final int RECORDS = 200;
    private static final long DRIFT = 10 * MINUTE;

    private final SimulatedLog log = new SimulatedLog(new Random(7));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Step extract =
            new ExtractStep(new Uuid(1, 2), "posts", 2, 2, new ExtractSettings(10_000, MINUTE), registry);
    private final Step count = new CountStep(Simulation.COUNT, 2);
    private long clock;

    @BeforeEach
    void topics() {
        log.create(PostsTopic.POSTS, 2);
        log.create(PostsTopic.REJECTED, 1);
        log.create(TrendsTopic.EXTRACT_STATE, 2);
        log.create(TrendsTopic.HASHTAG_USES, 2);
        log.create(TrendsTopic.COUNT_STATE, 2);
        log.create(TrendsTopic.TREND_CANDIDATES, 1);
        for (int i = 0; i < RECORDS; i++) {
            for (int partition = 0; partition < 2; partition++) {
                byte[] marker = PostCodec.encode(new TimeMarker(NOON + MINUTE * i));
                log.append(new Outgoing(PostsTopic.POSTS, partition, NOON + MINUTE * i, null, marker));
            }
        }
    }

    private Worker member(Step step) {
        Worker worker = new Worker(
                step,
                new SimulatedClient(log, step, new Random(1)),
                new WorkerSettings(1, 100, 1_000_000_000, DRIFT, 1_000_000),
                () -> clock += 10,
                point -> {},
                new WorkerMetrics(registry, "", step.name()));
        worker.start();
        return worker;
    }

    private static void work(Worker worker, int rounds) {
        for (int i = 0; i < rounds; i++) {
            worker.round();
        }
    }

    @Test
    void nobodyRunsAwayFromAPartitionWhoseOwnerHasNotCommittedYet() {
        Worker first = member(extract);
        Worker second = member(extract);
        work(first, 300);
        assertThat(first.status().waits()).anyMatch(wait -> wait.startsWith("held back"));
        assertThat(log.group("extract").committed.values())
                .singleElement()
                .satisfies(done -> assertThat(done.offset()).isLessThan(RECORDS / 2));
        for (int i = 0; i < 300; i++) {
            work(first, 1);
            work(second, 1);
        }
        assertThat(log.group("extract").committed.values())
                .extracting(Committed::offset)
                .containsExactly((long) RECORDS, (long) RECORDS);
    }

    @Test
    void howFarAPartitionIsIsToldBetweenItsSnapshots() {
        work(member(extract), 600);
        Worker first = member(count);
        Worker second = member(count);
        for (int i = 0; i < 600; i++) {
            work(first, 1);
            work(second, 1);
        }
        assertThat(log.group("count").committed.values()).hasSize(2).allSatisfy(done -> {
            assertThat(done.offset())
                    .as("its only snapshot, the first")
                    .isLessThan(log.partition(TrendsTopic.HASHTAG_USES, 0).end());
            assertThat(eventTime(done)).isEqualTo(NOON + MINUTE * (RECORDS - 1) - 10_000);
        });
    }

    private static long eventTime(Committed done) {
        return Long.parseLong(done.note().substring(0, done.note().indexOf(' ')));
    }
}
