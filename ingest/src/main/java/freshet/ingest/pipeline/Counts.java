package freshet.ingest.pipeline;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * What has been done so far; each is counted by one thread, any reads.
 */
final class Counts {

    final Tally lines = new Tally();
    final Tally bytes = new Tally();
    final Tally posts = new Tally();
    final Tally retractions = new Tally();
    final Tally markers = new Tally();
    final Tally rejected = new Tally();
    final Tally controls = new Tally();
    final Tally unmatched = new Tally();
    final Tally alreadyThere = new Tally();
    final Tally appended = new Tally();
    final Tally acknowledged = new Tally();

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

    private static void counter(MeterRegistry registry, Tags tags, String name, Tally adder, String description) {
        FunctionCounter.builder(name, adder, Tally::sum)
                .tags(tags)
                .description(description)
                .register(registry);
    }
}
