package freshet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever dies and when, in the end the log holds what one undisturbed run would have written. */
class CrashTest {

    @TempDir
    Path folder;

    @Test
    void aCrashAfterAnyStepLosesNothingAndDoublesNothing() throws Exception {
        Path file = Play.file(folder, mixedLines(new Random(1), 60));
        MemoryLog undisturbed = new MemoryLog(3);
        Play.into(undisturbed, file);

        Random random = new Random(2);
        for (int step = 0; step < undisturbed.steps(); step++) {
            MemoryLog log = new MemoryLog(3);
            log.crashAfter(step);
            assertThatThrownBy(() -> Play.into(log, file)).hasCauseInstanceOf(MemoryLog.Crash.class);
            log.lose(pending -> random.nextInt(pending + 1));

            Summary resumed = Play.into(log, file);

            assertThat(resumed.complete()).isTrue();
            assertThat(log.dump()).as("crash after step %d", step).isEqualTo(undisturbed.dump());
        }
    }

    @Property(tries = 60)
    void manyCrashesInARowLoseNothingAndDoubleNothing(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        Path temporary = Files.createTempDirectory("crash");
        try {
            Path file = Play.file(temporary, mixedLines(random, 10 + random.nextInt(120)));
            int partitions = 1 + random.nextInt(6);
            MemoryLog undisturbed = new MemoryLog(partitions);
            Play.into(undisturbed, file);

            MemoryLog log = new MemoryLog(partitions);
            for (int crash = 0; crash < 6; crash++) {
                log.crashAfter(random.nextInt(80));
                try {
                    Play.into(log, file);
                } catch (java.io.IOException e) {
                    assertThat(e).hasCauseInstanceOf(MemoryLog.Crash.class);
                }
                log.lose(pending -> random.nextInt(pending + 1));
            }
            Play.into(log, file);

            assertThat(log.dump()).isEqualTo(undisturbed.dump());
        } finally {
            Files.deleteIfExists(temporary.resolve("day.ndjson"));
            Files.delete(temporary);
        }
    }

    /** Posts, retractions with and without author, times, garbage, wrong clocks, disorder, gaps. */
    static List<String> mixedLines(Random random, int count) {
        List<String> lines = new ArrayList<>();
        long time = Play.T0;
        for (int i = 0; i < count; i++) {
            time += random.nextInt(20) == 0 ? 5 * 3_600_000L : random.nextInt(2500);
            String author = "a" + random.nextInt(9);
            switch (random.nextInt(14)) {
                case 0 -> lines.add("no json " + i);
                case 1 ->
                    lines.add("{\"retracts\":{\"post\":\"p" + random.nextInt(count)
                            + "\"},\"source\":\"test\",\"at\":\"2015-11-12T00:00:00Z\"}");
                case 2 ->
                    lines.add("{\"retracts\":{\"author\":\"" + author
                            + "\"},\"source\":\"test\",\"at\":\"2099-01-01T00:00:00Z\"}");
                case 3 -> lines.add(Play.post("far" + i, time + 40L * 365 * 86_400_000, author, "from 2055"));
                case 4 -> lines.add(Play.post("old" + i, time - 20_000L - random.nextInt(90_000), author, "late"));
                case 5 -> lines.add("{\"time\":\"" + java.time.Instant.ofEpochMilli(time) + "\"}");
                default -> lines.add(Play.post("p" + i, time, author, "#tag" + i % 5 + " text"));
            }
        }
        return lines;
    }
}
