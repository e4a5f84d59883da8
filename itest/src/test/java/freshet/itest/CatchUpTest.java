package freshet.itest;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.datasets.generator.Demo;
import freshet.datasets.generator.Generator;
import freshet.datasets.generator.GeneratorOptions;
import freshet.datasets.generator.GeneratorProgress;
import freshet.ingest.contract.Stream;
import freshet.itest.fixture.Freshet;
import freshet.itest.fixture.StreamAtRest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hours of posts wait before the job starts: it works them off at full speed, in the heap that the launcher gives it, and
 * publishes the same finals, byte for byte, as a job that read each post as it came. Nothing is called late that was not.
 */
class CatchUpTest {

    private static final Stream STREAM = new Stream("catchup");

    @TempDir
    Path dir;

    @Test
    void elevenHoursOfBacklogHaveTheFinalsOfAJobThatWasThereInTime() throws Exception {
        Path recording = dir.resolve("demo.ndjson.gz");
        try (InputStream demo = Demo.class.getResourceAsStream(Demo.RESOURCE)) {
            Files.copy(demo, recording);
        }
        compare(recording, "2000x", 300);
    }

    /** Four hours of a day with ten million posts. */
    @Test
    @Tag("slow")
    void hoursOfABusyDayHaveTheFinalsOfAJobThatWasThereInTime() throws Exception {
        Path recording = dir.resolve("busy.ndjson");
        GeneratorOptions defaults = GeneratorOptions.defaults(7);
        new Generator(new GeneratorOptions(
                        7, defaults.start(), Duration.ofHours(4), 6_944, 10, 4, 0, GeneratorOptions.Format.CANONICAL))
                .write(recording, GeneratorProgress.NONE);
        compare(recording, "240x", 3_600);
    }

    private void compare(Path recording, String pace, int seconds) throws IOException {
        Map<String, String> inTime = finals("intime", recording, pace, true, seconds);
        Map<String, String> afterwards = finals("afterwards", recording, "max", false, seconds);
        assertThat(inTime).hasSizeGreaterThan(100);
        assertThat(afterwards).isEqualTo(inTime);
    }

    private Map<String, String> finals(String name, Path recording, String speed, boolean inTime, int seconds)
            throws IOException {
        Path own = Files.createDirectories(dir.resolve(name));
        List<Freshet> jobs = new ArrayList<>();
        try (Freshet broker = Freshet.broker(own, 0)) {
            String[] at = {"--stream", STREAM.name(), "--bootstrap-server", broker.bootstrapServers()};
            if (inTime) {
                jobs.add(Freshet.start(own, "trends", "trends", at[0], at[1], at[2], at[3]));
                jobs.get(0).process().awaitOutput("runs with", 60);
            }
            try (Freshet ingest = Freshet.start(
                    own, "ingest", "ingest", "file:" + recording, "--speed", speed, at[0], at[1], at[2], at[3])) {
                assertThat(ingest.process().exitCode(seconds))
                        .as(ingest.process().output())
                        .isZero();
            }
            if (!inTime) {
                jobs.add(Freshet.start(own, "trends", "trends", at[0], at[1], at[2], at[3]));
                jobs.get(0).process().awaitOutput("runs with", 60);
            }
            return StreamAtRest.await(broker.bootstrapServers(), STREAM, seconds)
                    .finals();
        } finally {
            jobs.forEach(Freshet::close);
        }
    }
}
