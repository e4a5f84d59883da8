package freshet.datasets.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import freshet.datasets.evaluation.Report.Found;
import freshet.datasets.evaluation.Report.WindowReport;
import freshet.datasets.generator.Demo;
import freshet.trends.count.CountConfig;
import freshet.trends.rank.RankConfig;
import freshet.trends.time.Windows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

    private static final Windows TEN_MINUTES = Windows.parse("10m/10s");

    @TempDir
    private Path dir;

    @Test
    void theBundledRecordingShowsABreakoutSoonAndNoRegularAmongItsTrends() throws Exception {
        Report report = evaluate(unpack("demo.ndjson.gz"), unpack("demo.truth.json"));

        WindowReport window = report.windows().get(0);
        Found first = window.breakouts().get(0);
        Duration until = Duration.between(Demo.OPTIONS.start(), first.onset())
                .plusMillis((long) (first.delaySeconds() * 1_000))
                .dividedBy(Demo.SPEED);
        assertThat(until).isLessThan(Duration.ofSeconds(35));
        assertThat(first.rank()).isEqualTo(1);
        assertThat(window.recallOfLarge()).isEqualTo(1);
        assertThat(window.recall()).isGreaterThan(0.85);
        assertThat(window.falseTrends())
                .allSatisfy(wrong -> assertThat(wrong.kind()).isEqualTo("campaign"));
        assertThat(report.unreadable()).isZero();
        assertThat(Evaluation.table(report)).contains("CityMarathon", "median delay");
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(Evaluation.json(report))
                        .at("/windows/0/breakouts/0/tag")
                        .asText())
                .isEqualTo("CityMarathon");
    }

    @Test
    void whatIsNotInTheRecordingIsMissedAndWhatTheTruthLacksIsFalse() throws Exception {
        Path truth = dir.resolve("other.truth.json");
        Files.writeString(truth, """
                {"breakouts": [{"tag": "neverused", "onset": "2026-10-02T12:50:00Z", "end": "2026-10-02T13:50:00Z"},
                               {"tag": "citymarathon", "onset": "2026-10-02T12:50:00Z", "end": "2026-10-02T13:50:00Z"}]}
                """);

        WindowReport window =
                evaluate(unpack("demo.ndjson.gz"), truth).windows().get(0);

        assertThat(window.recall()).isEqualTo(0.5);
        assertThat(window.precision()).isLessThan(0.5);
        assertThat(window.falseTrends())
                .anySatisfy(wrong -> assertThat(wrong.tag()).isEqualTo("bridgeopening"));
    }

    @Test
    void anAbsentOrBrokenTruthIsSaidInOneLine() throws IOException {
        Path recording = unpack("demo.ndjson.gz");
        Path broken = dir.resolve("broken.truth.json");
        Files.writeString(broken, "{\"breakouts\": [{\"tag\": \"x\"}]}");

        assertThatThrownBy(() -> evaluate(recording, dir.resolve("none.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no ground truth at")
                .hasMessageContaining("--truth");
        assertThatThrownBy(() -> evaluate(recording, broken))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a breakout needs tag, onset and end");
    }

    private Report evaluate(Path recording, Path truth) throws IOException, InterruptedException {
        CountConfig count = CountConfig.DEFAULT;
        RankConfig rank = RankConfig.DEFAULT;
        return new Evaluation(new EvaluationOptions(
                        recording,
                        truth,
                        6,
                        10_000,
                        new CountConfig(
                                TEN_MINUTES,
                                count.authorsMin(),
                                count.scoreMin(),
                                count.candidatesMax(),
                                count.historyTagsMax()),
                        new RankConfig(
                                TEN_MINUTES, rank.size(), rank.scoreEnter(), rank.scoreBreaking(), rank.judged())))
                .run((read, of) -> {});
    }

    private Path unpack(String name) throws IOException {
        Path file = dir.resolve(name);
        try (InputStream in = Demo.class.getResourceAsStream("/recordings/" + name)) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }
}
