package freshet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import freshet.ingest.contract.Stream;
import freshet.ingest.mock.FailurePlan;
import freshet.ingest.mock.Feed;
import freshet.ingest.mock.MockSource;
import freshet.ingest.source.Source;
import freshet.ingest.source.WallTime;
import freshet.ingest.source.twitter4j.Twitter4jSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From mock feed through twitter4j into the log: what stands there is what the file itself gives, byte for byte. */
@Timeout(120)
class ThroughTheMockFeedTest {

    @TempDir
    Path folder;

    private static Summary play(MemoryLog log, Source source) throws Exception {
        IngestConfig config = IngestConfig.of("memory", new Stream("day"), Speed.MAX);
        try (Ingest ingest = new Ingest(config, source, new SimpleMeterRegistry())) {
            ingest.start(log);
            return ingest.awaitEnd();
        }
    }

    private static List<String> lines(int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(Feed.status(i));
        }
        lines.add(count / 2, "{\"broken\": ");
        return lines;
    }

    @Test
    void logHoldsWhatTheFileGives() throws Exception {
        Path file = Play.file(folder, lines(500));
        MemoryLog played = new MemoryLog(4);
        MemoryLog mocked = new MemoryLog(4);
        Play.into(played, file, new Stream("day"));
        Summary summary = play(mocked, new MockSource(file.toString(), WallTime.SYSTEM));

        assertThat(summary.complete()).isTrue();
        assertThat(summary.posts()).isEqualTo(500);
        assertThat(Play.rejectedPositions(mocked)).containsExactly("day.ndjson:251");
        assertThat(mocked.dump()).isEqualTo(played.dump());
    }

    @Test
    void breaksOfTheConnectionLeaveNoTraceInTheLog() throws Exception {
        List<String> lines = lines(500);
        MemoryLog played = new MemoryLog(4);
        MemoryLog mocked = new MemoryLog(4);
        Play.into(played, Play.file(folder, lines), new Stream("day"));
        try (Feed feed = Feed.of(folder, lines, FailurePlan.parse("cut@100,disconnect@300,cut@20"))) {
            Source source = Twitter4jSource.replayed("mock:day.ndjson", "day.ndjson", feed.address(), WallTime.SYSTEM);
            Summary summary = play(mocked, source);
            assertThat(summary.controls()).isEqualTo(1);
        }
        assertThat(mocked.dump()).isEqualTo(played.dump());
    }

    @Test
    void playThatWasCompletedIsNotPlayedAgain() throws Exception {
        Path file = Play.file(folder, lines(50));
        MemoryLog log = new MemoryLog(2);
        play(log, new MockSource(file.toString(), WallTime.SYSTEM));
        List<String> before = log.dump();

        Summary again = play(log, new MockSource(file.toString(), WallTime.SYSTEM));

        assertThat(again.lines()).isZero();
        assertThat(again.complete()).isTrue();
        assertThat(log.dump()).isEqualTo(before);
    }

    @Test
    void twittersSampleGoesThroughWhole() throws Exception {
        String recordings = System.getProperty("freshet.recordings", System.getenv("FRESHET_RECORDINGS"));
        assumeThat(recordings)
                .as("FRESHET_RECORDINGS names a folder of recordings")
                .isNotNull();
        Path file = Path.of(recordings, "twitter-sample-2019-07-03.ndjson.gz");
        assumeThat(file).exists();
        MemoryLog played = new MemoryLog(6);
        MemoryLog mocked = new MemoryLog(6);
        // What the file gives is held against a recount of its lines elsewhere.
        Summary counted = Play.into(played, file, new Stream("day"));
        Summary summary = play(mocked, new MockSource(file.toString(), WallTime.SYSTEM));

        assertThat(summary.rejected()).isZero();
        assertThat(summary.posts()).isEqualTo(counted.posts());
        assertThat(summary.retractions()).isEqualTo(counted.retractions());
        assertThat(mocked.dump()).isEqualTo(played.dump());
    }
}
