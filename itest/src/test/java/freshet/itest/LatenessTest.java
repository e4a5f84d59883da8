package freshet.itest;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.ingest.contract.Stream;
import freshet.itest.fixture.Freshet;
import freshet.itest.fixture.StreamAtRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With an allowed lateness of minutes, a recording's last windows close all the same: its end waits for it too. */
class LatenessTest {

    private static final Stream STREAM = new Stream("short");
    private static final String[] LATENESS = {"--lateness", "3m"};
    /** The last post is one of 12:00:40, so the last slides that close end at 12:01:00. */
    private static final String LAST_SLIDE = "1m|all 2026-10-02T12:01:00Z";

    @TempDir
    Path dir;

    private Path recording;

    @BeforeEach
    void record() throws IOException {
        recording = dir.resolve("short.ndjson");
        Files.writeString(
                recording,
                IntStream.range(0, 41).mapToObj(i -> """
                                {"id":"%1$d","source":"test","created_at":"2026-10-02T12:00:%1$02dZ",\
                                "author":{"id":"a%1$d"},"text":"the river rises #freshet"}""".formatted(i)).collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void inOneProcess() {
        try (Freshet up =
                Freshet.up(dir, "file:" + recording, "--speed", "max", "--every-tag", LATENESS[0], LATENESS[1])) {
            up.process().awaitOutput("has been played to its end", 60);
            assertThat(StreamAtRest.await(up.bootstrapServers(), STREAM, 60).finals())
                    .containsKey(LAST_SLIDE);
        }
    }

    @Test
    void inProcessesOfTheirOwn() {
        try (Freshet broker = Freshet.broker(dir, 0)) {
            String[] at = {"--bootstrap-server", broker.bootstrapServers(), LATENESS[0], LATENESS[1]};
            try (Freshet ingest = Freshet.start(
                    dir, "ingest", "ingest", "file:" + recording, "--speed", "max", at[0], at[1], at[2], at[3])) {
                assertThat(ingest.process().exitCode(60))
                        .as(ingest.process().output())
                        .isZero();
            }
            try (Freshet trends = Freshet.start(
                    dir, "trends", "trends", "--stream", "short", "--every-tag", at[0], at[1], at[2], at[3])) {
                trends.process().awaitOutput("runs with", 60);
                assertThat(StreamAtRest.await(broker.bootstrapServers(), STREAM, 60)
                                .finals())
                        .containsKey(LAST_SLIDE);
            }
        }
    }
}
