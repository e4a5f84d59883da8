package freshet.app.embedded;

import freshet.app.stage.Health;
import freshet.app.stage.Stage;
import freshet.ingest.pipeline.Ingest;
import freshet.ingest.pipeline.IngestConfig;
import freshet.ingest.pipeline.Summary;
import freshet.ingest.source.Source;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.function.Consumer;

/** One source that is read into one stream. */
public final class IngestStage implements Stage {

    private final Source source;
    private final Ingest ingest;
    private final Consumer<Summary> atEnd;
    private volatile Health health = Health.starting("");

    /** @param atEnd told once, when the source has come to its end */
    public IngestStage(IngestConfig config, Source source, MeterRegistry metrics, Consumer<Summary> atEnd) {
        this.source = source;
        this.ingest = new Ingest(config, source, metrics);
        this.atEnd = atEnd;
    }

    @Override
    public String name() {
        return "ingest " + source.name();
    }

    @Override
    public void start() throws IOException, InterruptedException {
        ingest.start();
        health = Health.READY;
        Thread watch = new Thread(this::watch, "watch-" + source.name());
        watch.setDaemon(true);
        watch.start();
    }

    private void watch() {
        try {
            Summary summary = ingest.awaitEnd();
            health = summary.complete() ? Health.done(summary.toString()) : Health.READY;
            if (summary.complete()) {
                atEnd.accept(summary);
            }
        } catch (IOException e) {
            health = Health.failed(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public Summary progress() {
        return ingest.progress();
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void close() {
        ingest.close();
    }
}
