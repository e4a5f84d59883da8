package freshet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressReportTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TestTime wall = new TestTime(0);
    private Summary now = summary(0, 0, 0);

    private static Summary summary(long posts, long bytesRead, long pending) {
        return new Summary(posts, posts, 0, 0, 0, 0, 0, 0, Play.T0, pending, bytesRead, 1000, false);
    }

    private ProgressReport report(boolean terminal) {
        ProgressReport report =
                new ProgressReport(() -> now, new PrintWriter(bytes, true, StandardCharsets.UTF_8), terminal, wall);
        report.begin();
        return report;
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTerminalGetsABarThatRedrawsItself() {
        ProgressReport report = report(true);
        wall.pass(10_000);
        now = summary(5000, 500, 0);
        report.report();

        assertThat(printed())
                .startsWith("\r[==========          ]  50 %  5,000 posts  500/s  2015-11-12 00:00:00  0:10 left")
                .doesNotContain("\n");
    }

    @Test
    void elsewhereEachReportIsALineOfItsOwn() {
        ProgressReport report = report(false);
        report.report();
        wall.pass(5000);
        report.report();
        assertThat(printed().lines()).hasSize(2).noneMatch(l -> l.contains("[="));
    }

    @Test
    void aBrokerThatDoesNotAnswerIsSaidAfterTenSeconds() {
        ProgressReport report = report(false);
        now = summary(10, 500, 7);
        report.report();
        wall.pass(9000);
        report.report();
        assertThat(printed()).doesNotContain("broker");

        wall.pass(3000);
        report.report();
        assertThat(printed()).contains("the broker has not answered for 12 s; still trying");
    }

    @Test
    void theEndLeavesACleanLine() {
        ProgressReport report = report(true);
        wall.pass(1000);
        report.report();
        report.close();
        assertThat(printed()).endsWith("\r\u001b[K");
    }

    @Test
    void aSummaryIsOneLineForAPerson() {
        Summary all = new Summary(1200, 1000, 50, 3, 9, 2, 1, 400, Play.T0, 0, 1000, 1000, true);
        assertThat(all)
                .hasToString(
                        "1,200 lines: 1,000 posts, 50 retractions, 3 rejected, 1 delete notices of unknown authors,"
                                + " 2 control messages; 400 were there already");
    }
}
