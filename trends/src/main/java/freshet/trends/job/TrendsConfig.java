package freshet.trends.job;

import freshet.ingest.contract.Stream;
import freshet.trends.count.CountConfig;
import freshet.trends.extract.ExtractSettings;
import freshet.trends.rank.RankConfig;
import freshet.trends.runtime.WorkerSettings;
import java.util.Map;
import java.util.Set;

/**
 * What the job is to do. All processes of one stream must agree on lateness, count and rank: rankings follow from them.
 *
 * @param bootstrapServers {@code host:port,…} of the topic log
 * @param stream whose posts
 * @param lateness allowed lateness in milliseconds
 * @param count windows and thresholds
 * @param rank the same windows; size and thresholds of rankings
 * @param steps which of {@link #ALL_STEPS} to run here
 * @param pace how often to flush and commit
 * @param instanceId name of this process in the steps' groups (static membership, KIP-345), so that after a crash it goes
 *     on at once and not when its session has timed out; no two may have the same; null for none
 * @param clients settings of the Kafka clients, by Kafka's names
 */
public record TrendsConfig(
        String bootstrapServers,
        Stream stream,
        long lateness,
        CountConfig count,
        RankConfig rank,
        Set<String> steps,
        WorkerSettings pace,
        String instanceId,
        Map<String, String> clients) {

    public static final Set<String> ALL_STEPS = Set.of(ExtractStep.NAME, CountStep.NAME, RankStep.NAME);

    public static final long LATENESS = 10_000;

    public TrendsConfig {
        steps = Set.copyOf(steps);
        clients = Map.copyOf(clients);
        for (String step : steps) {
            if (!ALL_STEPS.contains(step)) {
                throw new IllegalArgumentException(
                        "there is no step \"" + step + "\"; steps are extract, count and rank");
            }
        }
        if (!rank.windows().equals(count.windows())) {
            throw new IllegalArgumentException("count and rank must have the same windows");
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("no step to run; steps are extract, count and rank");
        }
    }

    /** The same in a process of this name. */
    public TrendsConfig withInstanceId(String id) {
        return new TrendsConfig(bootstrapServers, stream, lateness, count, rank, steps, pace, id, clients);
    }

    ExtractSettings extract() {
        return new ExtractSettings(lateness, count.windows().longest());
    }
}
