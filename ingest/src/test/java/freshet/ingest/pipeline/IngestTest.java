package freshet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.TimeMarker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {

    @TempDir
    Path folder;

    private final MemoryLog log = new MemoryLog(3);

    @Test
    void postsStandUnderTheirAuthorsPartitionWithEventTimeAndPosition() throws Exception {
        Play.into(log, Play.file(folder, List.of(Play.post(1, 0, "ann", "hello #World"))));

        int partition = PostsTopic.partition("test:ann", 3);
        var record = log.posts(partition).get(0);
        assertThat(record.key()).isEqualTo("test:ann".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(record.timestamp()).isEqualTo(Play.T0);
        assertThat(MemoryLog.header(record, PostsTopic.HEADER_SOURCE)).isEqualTo("file:day.ndjson");
        assertThat(MemoryLog.header(record, PostsTopic.HEADER_POSITION)).isEqualTo("day.ndjson:1");
    }

    @Test
    void hashtagsAndTextHashAreAddedWhereALineHasNone() throws Exception {
        Play.into(log, Play.file(folder, List.of(Play.post(1, 0, "ann", "hello #World"))));

        Post post = (Post) log.decoded().stream()
                .filter(Post.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(post.hashtags()).containsExactly("World");
        assertThat(post.textHash()).matches("[0-9a-f]{16}");
    }

    @Test
    void partitionsThatAreQuietGetTheRecordingsClock() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add(Play.post(i, i * 1500L, "ann", "x"));
        }
        Play.into(log, Play.file(folder, lines));

        int own = PostsTopic.partition("test:ann", 3);
        for (int p = 0; p < 3; p++) {
            if (p != own) {
                assertThat(log.posts(p)).hasSize(21);
                assertThat(log.posts(p).get(7).timestamp()).isEqualTo(Play.T0 + 7 * 1500L);
            }
        }
        assertThat(log.posts(own)).hasSize(21);
    }

    @Test
    void everyPartitionEndsWithAMarkerThatClosesTheLastMinute() throws Exception {
        Play.into(log, Play.file(folder, List.of(Play.post(1, 61_000, "ann", "x"))));

        for (int p = 0; p < 3; p++) {
            var last = log.posts(p).get(log.posts(p).size() - 1);
            assertThat(last.timestamp()).isEqualTo(Play.T0 + 120_000 + 10_000);
            assertThat(MemoryLog.header(last, PostsTopic.HEADER_POSITION)).isEqualTo("day.ndjson:end");
        }
        assertThat(log.decoded()).filteredOn(TimeMarker.class::isInstance).isNotEmpty();
    }

    @Test
    void aRecordingThatIsCompleteIsNotPlayedAgain() throws Exception {
        Path file = Play.file(folder, List.of(Play.post(1, 0, "ann", "x"), Play.post(2, 10, "bob", "y")));
        Play.into(log, file);
        List<String> before = log.dump();

        Summary again = Play.into(log, file);

        assertThat(again.complete()).isTrue();
        assertThat(again.lines()).isZero();
        assertThat(log.dump()).isEqualTo(before);
    }

    @Test
    void whatCannotBeReadIsRejectedAndTheStreamGoesOn() throws Exception {
        Summary summary = Play.into(
                log,
                Play.file(
                        folder,
                        List.of(
                                Play.post(1, 0, "ann", "x"),
                                "{\"id\":",
                                "",
                                "[1]",
                                "{\"id\":\"\",\"source\":\"t\"}",
                                Play.post(2, 5, "bob", "y"))));

        assertThat(summary.posts()).isEqualTo(2);
        assertThat(summary.rejected()).isEqualTo(3);
        assertThat(Play.rejectedPositions(log)).containsExactly("day.ndjson:2", "day.ndjson:4", "day.ndjson:5");
        assertThat(Play.reasons(log).get(1)).contains("not a JSON object");
        assertThat(Play.reasons(log).get(2)).contains("id");
    }

    @Test
    void halfSurrogatePairsAndNulBytesAreAsGoodAsOtherCharacters() throws Exception {
        String line =
                "{\"id\":\"a\\ud800\",\"source\":\"s\",\"created_at\":\"2015-11-12T00:00:00Z\",\"author\":{\"id\":\"b\\udc00\"},"
                        + "\"text\":\"\\ud83d \\u0000\"}";
        Play.into(log, Play.file(folder, List.of(line)));

        Post post = (Post) log.decoded().stream()
                .filter(Post.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(post.id()).isEqualTo("a\ufffd");
        assertThat(post.text()).isEqualTo("\ufffd \u0000");
        int partition =
                PostsTopic.partition(PostsTopic.key(post.source(), post.author().id()), 3);
        assertThat(log.posts(partition).get(0).key()).isEqualTo(PostsTopic.keyBytes("s", "b\ufffd"));
    }

    @Test
    void aRetractionStandsUnderTheKeyOfItsPostsAuthorAndIsNotAheadOfTheClock() throws Exception {
        Summary summary = Play.into(
                log,
                Play.file(
                        folder,
                        List.of(
                                Play.post(1, 0, "ann", "x"),
                                "{\"retracts\":{\"post\":\"p1\"},\"source\":\"test\",\"at\":\"2099-01-01T00:00:00Z\"}",
                                "{\"retracts\":{\"post\":\"unheard of\"},\"source\":\"test\",\"at\":\"2015-11-12T00:00:00Z\"}",
                                "{\"retracts\":{\"author\":\"bob\"},\"source\":\"test\",\"at\":\"2015-11-11T00:00:00Z\"}")));

        assertThat(summary.retractions()).isEqualTo(2);
        assertThat(summary.unmatched()).isEqualTo(1);
        assertThat(summary.rejected()).isZero();
        assertThat(log.posts(PostsTopic.partition("test:ann", 3))).anySatisfy(r -> {
            assertThat(PostCodec.decode(r.value())).isEqualTo(new Retraction("test", "p1", null, Play.T0));
            assertThat(r.key()).isEqualTo(PostsTopic.keyBytes("test", "ann"));
        });
    }

    @Test
    void aLiveStreamTakesTheWallClockForItsOwnAndLeavesMarkingTimeToTheClockSource() throws Exception {
        long now = System.currentTimeMillis();
        Summary summary = Play.into(
                log,
                Play.file(
                        folder,
                        List.of(
                                Play.post("now", now, "ann", "x"),
                                Play.post("old", Play.T0, "ann", "x"),
                                Play.post("ahead", now + 50 * 60_000, "ann", "x"))),
                freshet.ingest.contract.Stream.LIVE);

        assertThat(summary.posts()).isEqualTo(2);
        assertThat(summary.markers()).isZero();
        assertThat(Play.reasons(log)).singleElement().asString().contains("ahead of the clock");
    }

    @Test
    void aTimeLineIsWrittenIntoEveryPartition() throws Exception {
        Play.into(
                log,
                Play.file(folder, List.of("{\"time\":\"2015-11-12T00:00:00Z\"}")),
                freshet.ingest.contract.Stream.LIVE);

        for (int p = 0; p < 3; p++) {
            assertThat(log.posts(p))
                    .singleElement()
                    .satisfies(r -> assertThat(r.timestamp()).isEqualTo(Play.T0));
        }
    }
}
