package freshet.trends.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidatesCodec;
import freshet.trends.rank.RankConfig;
import freshet.trends.runtime.Committed;
import freshet.trends.runtime.LogRecord;
import freshet.trends.runtime.MissingRecordsException;
import freshet.trends.runtime.Task;
import freshet.trends.time.Watermarks;
import freshet.trends.time.Windows;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankStepTest {

    private static final long NOON = 1_448_020_800_000L;

    private static Task.Rereading task() {
        Windows windows = Windows.parse("10s/1s");
        RankConfig config = new RankConfig(windows, 10, 0, 1, false);
        return (Task.Rereading) new RankStep(config, from -> List.of()).open(0);
    }

    private static void apply(Task task, long offset, int partition, long from, long to) throws Exception {
        TrendCandidates record = new TrendCandidates(partition, 2, null, from, to, List.of(), List.of());
        task.apply(new LogRecord(0, offset, 0, null, TrendCandidatesCodec.encode(record)), out -> {});
    }

    @Test
    void aSuccessorKnowsAsWellThatAPartitionOfWhichNothingHasComeIsNotWhole() throws Exception {
        Task.Rereading first = task();
        first.begin(0);
        apply(first, 0, 0, Watermarks.UNKNOWN, NOON);
        Task.Rereading second = task();
        second.resume(new Committed(0, first.note()));
        apply(second, 0, 0, Watermarks.UNKNOWN, NOON);

        assertThatThrownBy(() -> apply(second, 1, 1, NOON - 1_000, NOON)).isInstanceOf(MissingRecordsException.class);
        assertThatCode(() -> apply(second, 2, 1, Watermarks.UNKNOWN, NOON)).doesNotThrowAnyException();
    }

    @Test
    void aSuccessorThatReadsFromTheMiddleTakesUpWhereEachPartitionIs() throws Exception {
        Task.Rereading first = task();
        first.begin(0);
        apply(first, 0, 0, Watermarks.UNKNOWN, NOON);
        apply(first, 1, 1, Watermarks.UNKNOWN, NOON);
        apply(first, 2, 0, NOON, NOON + 60_000);
        apply(first, 3, 1, NOON, NOON + 60_000);
        Task.Rereading second = task();
        long from = second.resume(new Committed(2, first.note()));

        for (long offset = from; offset < 4; offset++) {
            apply(second, offset, (int) offset % 2, NOON, NOON + 60_000);
        }
        assertThatCode(() -> apply(second, 4, 1, NOON + 60_000, NOON + 61_000)).doesNotThrowAnyException();
    }
}
