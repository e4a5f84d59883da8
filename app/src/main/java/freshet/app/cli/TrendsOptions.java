package freshet.app.cli;

import freshet.ingest.contract.Stream;
import freshet.trends.count.CountConfig;
import freshet.trends.job.TrendsConfig;
import freshet.trends.rank.RankConfig;
import freshet.trends.runtime.Clients;
import freshet.trends.runtime.WorkerSettings;
import freshet.trends.time.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is counted, and what makes a trend. All processes of one stream must be given the same. */
final class TrendsOptions {

    @Option(
            names = "--windows",
            paramLabel = "SIZE/SLIDE,…",
            description = "The windows (default: 1m/1s,10m/10s,1h/1m).")
    private String windows;

    @Mixin
    private LatenessOption lateness;

    @Option(
            names = "--min-authors",
            paramLabel = "N",
            description = "Distinct authors that a trend needs in its window (default: 4).")
    private int authorsMin = CountConfig.DEFAULT.authorsMin();

    @Option(
            names = "--exact-uses",
            paramLabel = "N",
            description =
                    "Up to how many uses in a window a tag's authors are counted exactly; beyond, they are estimated"
                            + " from a sample of half as many or more (default: 16384).")
    private int exactUsesMax = CountConfig.DEFAULT.exactUsesMax();

    @Option(
            names = "--max-uses",
            paramLabel = "N",
            description =
                    "How many uses of tags each partition of hashtag-uses holds at most, at about 240 bytes; beyond, the"
                            + " least used tags are forgotten (default: 1000000).")
    private int usesMax = CountConfig.DEFAULT.usesMax();

    @Option(
            names = "--ranking-size",
            paramLabel = "N",
            description = "How many trends a ranking holds at most (default: 50).")
    private int rankingSize = RankConfig.DEFAULT.size();

    @Option(
            names = "--every-tag",
            description = "Rank every tag that has the authors, however usual: no score, no verdict, no stories. For"
                    + " checking counts.")
    private boolean everyTag;

    @Option(
            names = "--steps",
            paramLabel = "STEP,…",
            split = ",",
            description = "Which of extract, count, rank to run (default: all).")
    private List<String> steps;

    TrendsConfig config(String bootstrapServers, Stream stream) {
        Windows all = windows == null ? Windows.DEFAULT : Windows.parse(windows);
        CountConfig count = CountConfig.DEFAULT;
        RankConfig rank = RankConfig.DEFAULT;
        return new TrendsConfig(
                bootstrapServers,
                stream,
                lateness.millis(),
                new CountConfig(
                        all,
                        authorsMin,
                        everyTag ? 0 : count.scoreMin(),
                        everyTag ? Integer.MAX_VALUE : Math.max(count.candidatesMax(), 2 * rankingSize),
                        count.historyTagsMax(),
                        exactUsesMax,
                        usesMax),
                new RankConfig(
                        all,
                        rankingSize,
                        everyTag ? 0 : rank.scoreEnter(),
                        everyTag ? 0 : rank.scoreBreaking(),
                        !everyTag),
                steps == null ? TrendsConfig.ALL_STEPS : Set.copyOf(steps),
                WorkerSettings.DEFAULT,
                null,
                Map.of());
    }

    Duration lateness() {
        return lateness.get();
    }

    /** The groups in which a stream's steps remember how far they are. */
    static List<String> groups(Stream stream) {
        return TrendsConfig.ALL_STEPS.stream()
                .map(step -> Clients.group(stream, step))
                .toList();
    }
}
