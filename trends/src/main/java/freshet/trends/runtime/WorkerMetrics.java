package freshet.trends.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one step; the same through all of its workers' lives. */
public final class WorkerMetrics {

    private final Counter records;
    private final Counter sent;
    private final Counter missing;
    private final Timer snapshots;
    private final DistributionSummary snapshotBytes;
    private final AtomicInteger partitions;
    private final AtomicInteger heldBack;

    public WorkerMetrics(MeterRegistry registry, String stream, String step) {
        Tags tags = Tags.of("stream", stream.isEmpty() ? "live" : stream, "step", step);
        records = registry.counter("freshet.trends.records.read", tags);
        sent = registry.counter("freshet.trends.records.sent", tags);
        missing = registry.counter("freshet.trends.records.missing", tags);
        snapshots = registry.timer("freshet.trends.snapshots", tags);
        snapshotBytes = registry.summary("freshet.trends.snapshot.bytes", tags);
        partitions = registry.gauge("freshet.trends.partitions", tags, new AtomicInteger());
        heldBack = registry.gauge("freshet.trends.held.back", tags, new AtomicInteger());
    }

    void records(int count) {
        records.increment(count);
    }

    void sent() {
        sent.increment();
    }

    void missing() {
        missing.increment();
    }

    void snapshot(long bytes, long millis) {
        snapshotBytes.record(bytes);
        snapshots.record(millis, TimeUnit.MILLISECONDS);
    }

    void partitions(int count) {
        partitions.set(count);
    }

    void heldBack(int count) {
        heldBack.set(count);
    }
}
