package freshet.trends.job;

import freshet.ingest.contract.Stream;
import freshet.trends.count.CountConfig;
import freshet.trends.extract.ExtractSettings;
import freshet.trends.runtime.WorkerSettings;
import java.util.Map;
import java.util.Set;

/**
 * What the job is to do. All processes of one stream must agree on lateness and count: rankings follow from them.
 *
 * @param bootstrapServers {@code host:port,…} of the topic log
 * @param stream whose posts
 * @param lateness allowed lateness in milliseconds
 * @param count windows and thresholds
 * @param steps which of {@link #ALL_STEPS} to run here
 * @param pace how often to flush and commit
 * @param clients settings of the Kafka clients, by Kafka's names
 */
public record TrendsConfig(
        String bootstrapServers,
        Stream stream,
        long lateness,
        CountConfig count,
        Set<String> steps,
        WorkerSettings pace,
        Map<String, String> clients) {

    public static final Set<String> ALL_STEPS = Set.of(ExtractStep.NAME, CountStep.NAME);

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
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("no step to run; steps are extract, count and rank");
        }
    }

    ExtractSettings extract() {
        return new ExtractSettings(lateness, count.windows().longest());
    }
}
