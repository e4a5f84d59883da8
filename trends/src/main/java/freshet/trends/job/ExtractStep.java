package freshet.trends.job;

import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.PostsTopic;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUsesCodec;
import freshet.trends.contract.TrendsTopic;
import freshet.trends.extract.ExtractSettings;
import freshet.trends.extract.PartitionExtract;
import freshet.trends.runtime.Committed;
import freshet.trends.runtime.LogRecord;
import freshet.trends.runtime.Outgoing;
import freshet.trends.runtime.Step;
import freshet.trends.runtime.Task;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Extract: {@code posts} to {@code hashtag-uses}; what is no record of the contract goes to {@code posts-rejected}. */
public final class ExtractStep implements Step {

    public static final String NAME = "extract";

    private static final Logger LOG = LoggerFactory.getLogger(ExtractStep.class);

    private static final Pattern CONTROL = Pattern.compile("\\p{C}");
    private static final int REASON_MAX = 300;

    private final Uuid topic;
    private final String topicName;
    private final int partitions;
    private final int targets;
    private final ExtractSettings settings;
    private final Map<PartitionExtract.Outcome, Counter> outcomes = new EnumMap<>(PartitionExtract.Outcome.class);
    private final Counter rejected;

    /**
     * @param topic id of {@code posts}
     * @param topicName full name of it
     * @param partitions how many it has
     * @param targets how many {@code hashtag-uses} has
     */
    public ExtractStep(
            Uuid topic,
            String topicName,
            int partitions,
            int targets,
            ExtractSettings settings,
            MeterRegistry registry) {
        this.topic = topic;
        this.topicName = topicName;
        this.partitions = partitions;
        this.targets = targets;
        this.settings = settings;
        for (PartitionExtract.Outcome outcome : PartitionExtract.Outcome.values()) {
            outcomes.put(outcome, counter(registry, outcome.name().toLowerCase(Locale.ROOT)));
        }
        rejected = counter(registry, "rejected");
    }

    private Counter counter(MeterRegistry registry, String outcome) {
        return registry.counter("freshet.trends.extract", Tags.of("topic", topicName, "outcome", outcome));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String input() {
        return PostsTopic.POSTS;
    }

    @Override
    public String stateTopic() {
        return TrendsTopic.EXTRACT_STATE;
    }

    @Override
    public Task open(int partition) {
        return new Extracting(partition);
    }

    private final class Extracting implements Task.Journaling {
        private final int partition;
        private final PartitionExtract extract;
        private boolean rejecting;

        Extracting(int partition) {
            this.partition = partition;
            this.extract = new PartitionExtract(topic, partition, partitions, targets, settings);
        }

        @Override
        public void begin(long logStart) {
            extract.begin(logStart);
        }

        @Override
        public long resume(Committed committed) {
            return extract.resume(committed.offset(), committed.note());
        }

        @Override
        public long resume(Committed committed, StoredBlocks blocks) throws IOException {
            return extract.resume(
                    committed.offset(), committed.note(), (from, to, taker) -> blocks.read(from, to, taker::take));
        }

        @Override
        public List<byte[]> journal() {
            return extract.journal();
        }

        @Override
        public void journaled(List<Long> offsets) {
            extract.journaled(offsets);
        }

        @Override
        public long journalNeededFrom() {
            return extract.journalNeededFrom();
        }

        @Override
        public void apply(LogRecord record, Consumer<Outgoing> out) {
            boolean anew = record.offset() >= extract.handedOver();
            try {
                PartitionExtract.Outcome outcome = extract.apply(record.offset(), record.timestamp(), record.value());
                if (anew) {
                    outcomes.get(outcome).increment();
                }
                rejecting = false;
            } catch (MalformedRecordException e) {
                if (anew) {
                    reject(record, printable(e.getMessage()), out);
                }
            }
        }

        private void reject(LogRecord record, String reason, Consumer<Outgoing> out) {
            rejected.increment();
            String position = topicName + "-" + partition + "@" + record.offset();
            if (!rejecting) {
                LOG.warn("{}: {}; it goes to posts-rejected (said once for a row of them)", position, reason);
            }
            rejecting = true;
            byte[] value = record.value() == null ? new byte[0] : record.value();
            out.accept(new Outgoing(
                    PostsTopic.REJECTED,
                    0,
                    Math.max(0, record.timestamp()),
                    null,
                    value.length <= PostsTopic.REJECTED_BYTES_MAX
                            ? value
                            : Arrays.copyOf(value, PostsTopic.REJECTED_BYTES_MAX),
                    Map.of(
                            PostsTopic.HEADER_REASON,
                            reason,
                            PostsTopic.HEADER_SOURCE,
                            PostsTopic.POSTS,
                            PostsTopic.HEADER_POSITION,
                            position,
                            PostsTopic.HEADER_LENGTH,
                            Integer.toString(value.length))));
        }

        /** The message may quote what a stranger wrote. */
        private static String printable(String message) {
            String line = CONTROL.matcher(message).replaceAll("?");
            return line.length() <= REASON_MAX ? line : line.substring(0, REASON_MAX) + "…";
        }

        @Override
        public boolean full() {
            return extract.full();
        }

        @Override
        public void flush(Consumer<Outgoing> out) {
            List<HashtagUses> batches = extract.flush();
            for (int target = 0; target < batches.size(); target++) {
                byte[] value = HashtagUsesCodec.encode(batches.get(target));
                out.accept(new Outgoing(TrendsTopic.HASHTAG_USES, target, Math.max(0, eventTime()), null, value));
            }
        }

        @Override
        public String note() {
            return extract.note();
        }

        @Override
        public long eventTime() {
            return extract.newest();
        }
    }
}
