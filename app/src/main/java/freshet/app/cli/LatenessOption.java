package freshet.app.cli;

import freshet.trends.job.TrendsConfig;
import java.time.Duration;
import picocli.CommandLine.Option;

/** {@code --lateness}, for the commands that judge by it or, at a recording's end, wait for it. */
final class LatenessOption {

    @Option(
            names = "--lateness",
            paramLabel = "10s",
            converter = DurationConverter.class,
            description =
                    "How late a post may come and still count; the same in all processes of a stream (default: 10s).")
    private Duration lateness = Duration.ofMillis(TrendsConfig.LATENESS);

    Duration get() {
        return lateness;
    }

    long millis() {
        return lateness.toMillis();
    }
}
