package freshet.trends.job;

import freshet.ingest.contract.PostsTopic;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUsesCodec;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidatesCodec;
import freshet.trends.contract.TrendsTopic;
import freshet.trends.count.CountConfig;
import freshet.trends.count.PartitionCount;
import freshet.trends.runtime.LogRecord;
import freshet.trends.runtime.MissingRecordsException;
import freshet.trends.runtime.Outgoing;
import freshet.trends.runtime.Step;
import freshet.trends.runtime.Task;
import freshet.trends.time.Watermarks;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Count: {@code hashtag-uses} to {@code trend-candidates}. */
public final class CountStep implements Step {

    public static final String NAME = "count";

    private static final Logger LOG = LoggerFactory.getLogger(CountStep.class);

    private static final long EARLY_EVERY_MS = 1_000;

    /** Finals that are later than the lateness explains by this much are waiting for something. */
    private static final long WAITING_MS = 10_000;

    /** Where the newest post is further away from now than this, nobody waits: it is a backlog or a recording. */
    private static final long LIVE_MS = 60_000;

    private final CountConfig config;
    private final int partitions;
    private final long lateness;
    private final InstantSource clock;

    /**
     * A step that tells finals only.
     *
     * @param partitions how many {@code hashtag-uses} has
     */
    public CountStep(CountConfig config, int partitions) {
        this(config, partitions, 0, null);
    }

    /**
     * A step that also tells the newest slides early, once a second, while a live stream's finals wait for a partition.
     *
     * @param partitions how many {@code hashtag-uses} has
     * @param lateness allowed lateness, milliseconds
     * @param clock tells whether the stream is live and waits; no final depends on it
     */
    public CountStep(CountConfig config, int partitions, long lateness, InstantSource clock) {
        this.config = config;
        this.partitions = partitions;
        this.lateness = lateness;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String input() {
        return TrendsTopic.HASHTAG_USES;
    }

    @Override
    public String stateTopic() {
        return TrendsTopic.COUNT_STATE;
    }

    @Override
    public Task open(int partition) {
        return new Counting(partition);
    }

    private final class Counting implements Task.Snapshotting {
        private final int partition;
        private PartitionCount count;
        private long earlyAt;
        private long warnedOf;

        Counting(int partition) {
            this.partition = partition;
            this.count = new PartitionCount(config, partition, partitions);
        }

        @Override
        public void apply(LogRecord record, Consumer<Outgoing> out) throws MissingRecordsException {
            HashtagUses batch;
            try {
                batch = HashtagUsesCodec.decode(record.value());
            } catch (IllegalArgumentException e) {
                // Only extract writes this topic. Whatever else it is, the gap that it may leave shows in the next
                // batch.
                LOG.error("{}-{}@{} is left out: {}", input(), partition, record.offset(), e.getMessage());
                return;
            }
            long applied = count.applied(batch.sourcePartition());
            long needed = applied < 0 ? batch.begun() : applied;
            if (batch.from() > needed) {
                throw new MissingRecordsException("it continues posts partition " + batch.sourcePartition()
                        + " at offset " + batch.from() + ", but everything from offset " + needed + " is missing");
            }
            count.apply(batch);
        }

        @Override
        public boolean full() {
            return false;
        }

        @Override
        public void flush(Consumer<Outgoing> out) {
            count.flush().forEach(candidates -> tell(candidates, out));
            warn();
            if (clock != null && count.watermarks() != null) {
                long now = clock.millis();
                boolean live = count.watermarks().furthest() >= now - lateness - LIVE_MS;
                boolean waiting = count.closedTo() < now - lateness - WAITING_MS;
                if (live && waiting && now >= earlyAt) {
                    earlyAt = now + EARLY_EVERY_MS;
                    TrendCandidates early = count.early(now);
                    if (early != null) {
                        tell(early, out);
                    }
                }
            }
        }

        /** Once, and each time that it has become twice as bad. */
        private void warn() {
            if (count.forgottenUses() > warnedOf) {
                warnedOf = 2 * count.forgottenUses();
                LOG.warn(
                        "{}-{} holds {} uses of tags, as many as it may, and has forgotten {} of the least used tags:"
                                + " counts of rare tags are too low; raise --max-uses, or share the work among more"
                                + " partitions",
                        input(),
                        partition,
                        config.usesMax(),
                        count.forgottenUses());
            }
        }

        private void tell(TrendCandidates candidates, Consumer<Outgoing> out) {
            byte[] value = TrendCandidatesCodec.encode(candidates);
            out.accept(new Outgoing(TrendsTopic.TREND_CANDIDATES, 0, Math.max(0, candidates.to()), null, value));
        }

        @Override
        public long eventTime() {
            return count.closedTo();
        }

        @Override
        public String waitsFor() {
            Watermarks watermarks = count.watermarks();
            if (watermarks == null) {
                return "waiting for extract";
            }
            return watermarks.waitingFor(WAITING_MS, PostsTopic.POSTS);
        }

        @Override
        public void snapshot(DataOutput out) throws IOException {
            count.snapshot(out);
        }

        @Override
        public void restore(DataInput in) throws IOException {
            count = PartitionCount.restore(config, partition, partitions, in);
            warnedOf = 2 * count.forgottenUses();
        }
    }
}
