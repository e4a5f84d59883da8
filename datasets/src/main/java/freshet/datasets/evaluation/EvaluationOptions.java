package freshet.datasets.evaluation;

import freshet.trends.count.CountConfig;
import freshet.trends.rank.RankConfig;
import java.nio.file.Path;

/**
 * What is evaluated.
 *
 * @param recording a file of posts or of Twitter v1.1 messages, plain, .gz or .zst
 * @param truth its ground truth
 * @param partitions how many partitions {@code posts} and {@code hashtag-uses} have
 * @param lateness allowed lateness, milliseconds
 */
public record EvaluationOptions(
        Path recording, Path truth, int partitions, long lateness, CountConfig count, RankConfig rank) {

    private static final int PARTITIONS = 6;
    private static final long LATENESS_MS = 10_000;

    /** As the job runs unless told otherwise. */
    public static EvaluationOptions of(Path recording, Path truth) {
        return new EvaluationOptions(
                recording, truth, PARTITIONS, LATENESS_MS, CountConfig.DEFAULT, RankConfig.DEFAULT);
    }
}
