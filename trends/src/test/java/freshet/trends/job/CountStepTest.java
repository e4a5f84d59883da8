package freshet.trends.job;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.trends.contract.HashtagUsesCodec;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Early;
import freshet.trends.contract.TrendCandidatesCodec;
import freshet.trends.count.CountConfig;
import freshet.trends.count.PostsWorld;
import freshet.trends.runtime.LogRecord;
import freshet.trends.runtime.MissingRecordsException;
import freshet.trends.runtime.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountStepTest {

    private final PostsWorld world = new PostsWorld(11, 2, 200, 1);
    private long now;
    private final Task task =
            new CountStep(CountConfig.DEFAULT, 1, PostsWorld.LATENESS, () -> Instant.ofEpochMilli(now)).open(0);

    @Test
    void aLiveStreamThatWaitsForAPartitionIsToldEarlyOnceASecond() throws MissingRecordsException {
        hear(0, 0, 200);
        now = newest(0) + 500;

        assertThat(flush()).singleElement().satisfies(record -> {
            assertThat(record.early()).isEqualTo(new Early(1, 2));
            assertThat(record.slides()).extracting("window").containsExactly("1m", "10m", "1h");
        });
        assertThat(flush()).isEmpty();
        now += 1_000;
        assertThat(flush()).hasSize(1);
    }

    @Test
    void nothingIsToldEarlyOfARecordingOrOfAStreamThatWaitsForNothing() throws MissingRecordsException {
        hear(0, 0, 200);
        now = newest(0) + 86_400_000;
        assertThat(flush()).as("a recording of yesterday").isEmpty();

        hear(1, 0, 200);
        now = world.watermark() + PostsWorld.LATENESS;
        assertThat(flush()).as("all are heard").allMatch(record -> record.early() == null);
    }

    @Test
    void itSaysHowManyPartitionsOfPostsKeepUp() throws MissingRecordsException {
        assertThat(task.waitsFor()).isEqualTo("waiting for extract");
        hear(0, 0, 100);
        assertThat(task.waitsFor()).as("one told no time yet").isEqualTo("waiting for partitions of posts: 1/2");
    }

    private void hear(int source, long from, long to) throws MissingRecordsException {
        byte[] value = HashtagUsesCodec.encode(world.batch(source, 0, from, to));
        task.apply(new LogRecord(0, 0, 0, null, value), out -> {});
    }

    private long newest(int source) {
        return world.batch(source, 0, 199, 200).watermark() + PostsWorld.LATENESS;
    }

    private List<TrendCandidates> flush() {
        List<TrendCandidates> told = new ArrayList<>();
        task.flush(out -> told.add(TrendCandidatesCodec.decode(out.value())));
        return told;
    }
}
