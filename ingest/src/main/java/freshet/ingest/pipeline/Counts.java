package freshet.ingest.pipeline;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.LongAdder;

/** What has been done so far; the ingest thread counts, any thread reads. */
final class Counts {

    final LongAdder lines = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder posts = new LongAdder();
    final LongAdder retractions = new LongAdder();
    final LongAdder markers = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder controls = new LongAdder();
    final LongAdder unmatched = new LongAdder();
    final LongAdder alreadyThere = new LongAdder();
    final LongAdder appended = new LongAdder();
    final LongAdder acknowledged = new LongAdder();

    void register(MeterRegistry registry, String source) {
        Tags tags = Tags.of("source", source);
        counter(registry, tags, "freshet.ingest.lines", lines, "lines read");
        counter(registry, tags, "freshet.ingest.bytes", bytes, "bytes of lines read, decompressed");
        counter(registry, tags, "freshet.ingest.posts", posts, "posts published");
        counter(registry, tags, "freshet.ingest.retractions", retractions, "retractions published");
        counter(registry, tags, "freshet.ingest.markers", markers, "time markers published");
        counter(registry, tags, "freshet.ingest.rejected", rejected, "lines rejected");
        counter(registry, tags, "freshet.ingest.controls", controls, "messages of the source about itself");
        counter(registry, tags, "freshet.ingest.unmatched", unmatched, "delete notices whose author is unknown");
        counter(registry, tags, "freshet.ingest.acknowledged", acknowledged, "records acknowledged by the log");
    }

    private static void counter(MeterRegistry registry, Tags tags, String name, LongAdder adder, String description) {
        FunctionCounter.builder(name, adder, LongAdder::sum)
                .tags(tags)
                .description(description)
                .register(registry);
    }
}
