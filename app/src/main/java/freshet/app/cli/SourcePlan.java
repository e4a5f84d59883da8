package freshet.app.cli;

import freshet.app.topics.StreamLayout;
import freshet.app.topics.StreamTopics;
import freshet.ingest.contract.Stream;
import freshet.ingest.source.Source;
import freshet.ingest.source.Sources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/**
 * A source, and the stream that it is read into: a recording's own, {@code stdin} for standard input, whose posts may be
 * of any time, and the live stream for all else, unless the user names one.
 */
record SourcePlan(Source source, Stream stream) {

    private static final String CLOCK = "clock:";

    /**
     * @param streamName as given with {@code --stream}, or null
     * @throws IOException when a source can't be opened, so that nothing is started and no topic made for it
     */
    static List<SourcePlan> of(List<String> words, String streamName, Sources sources) throws IOException {
        List<SourcePlan> plans = new ArrayList<>();
        for (String word : words) {
            Source source = sources.parse(word);
            source.check();
            plans.add(new SourcePlan(source, streamName != null ? StreamOption.parse(streamName) : own(source, word)));
        }
        return plans;
    }

    /** The same, with the wall clock's source beside where something is read into the live stream. */
    static List<SourcePlan> withClock(List<SourcePlan> plans, Sources sources) {
        boolean needed = plans.stream().anyMatch(plan -> plan.stream().isLive())
                && plans.stream().noneMatch(plan -> plan.source().name().startsWith(CLOCK));
        if (!needed) {
            return plans;
        }
        List<SourcePlan> all = new ArrayList<>(plans);
        all.add(new SourcePlan(sources.parse(CLOCK), Stream.LIVE));
        return all;
    }

    private static Stream own(Source source, String word) {
        if (word.equals("-")) {
            return new Stream("stdin");
        }
        return source.kind() == Source.Kind.RECORDING
                ? Stream.ofRecording(source.name().substring(source.name().indexOf(':') + 1))
                : Stream.LIVE;
    }

    /** The streams that are written into, each once. */
    static List<Stream> streams(List<SourcePlan> plans) {
        return plans.stream().map(SourcePlan::stream).distinct().toList();
    }

    /**
     * Makes the topics of all streams that are written into.
     *
     * @param restart whether to delete what they hold first
     * @param partitions as asked for, or null
     */
    static void prepareTopics(List<SourcePlan> plans, Admin admin, boolean restart, Integer partitions)
            throws InterruptedException {
        for (Stream stream : streams(plans)) {
            StreamTopics topics = new StreamTopics(admin, stream);
            if (restart) {
                topics.delete(StreamLayout.specs(1), TrendsOptions.groups(stream));
            }
            topics.ensure(StreamLayout.specs(topics, partitions));
        }
    }
}
