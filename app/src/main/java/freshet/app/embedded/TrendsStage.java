package freshet.app.embedded;

import freshet.app.stage.Health;
import freshet.app.stage.Stage;
import freshet.trends.job.TrendsConfig;
import freshet.trends.job.TrendsJob;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.stream.Collectors;

/** Extract, count and rank of one stream, or some of them. */
public final class TrendsStage implements Stage {

    private final String name;
    private final TrendsJob job;

    public TrendsStage(TrendsConfig config, MeterRegistry metrics) {
        this.name = "trends"
                + (config.stream().isLive() ? "" : " " + config.stream().name());
        this.job = new TrendsJob(config, metrics);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() throws IOException {
        job.start();
    }

    @Override
    public Health health() {
        String detail = job.health().entrySet().stream()
                .map(step -> step.getKey() + " " + step.getValue())
                .collect(Collectors.joining("; "));
        return job.ready() ? new Health(Health.State.READY, detail) : Health.starting(detail);
    }

    @Override
    public void close() {
        job.close();
    }
}
