package freshet.trends.job;

import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.RankingCodec;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidatesCodec;
import freshet.trends.contract.TrendsTopic;
import freshet.trends.rank.Position;
import freshet.trends.rank.RankConfig;
import freshet.trends.rank.Ranker;
import freshet.trends.runtime.Committed;
import freshet.trends.runtime.LogRecord;
import freshet.trends.runtime.MissingRecordsException;
import freshet.trends.runtime.Outgoing;
import freshet.trends.runtime.Step;
import freshet.trends.runtime.Task;
import freshet.trends.time.Watermarks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rank: {@code trend-candidates} to {@code trends}. */
public final class RankStep implements Step {

    public static final String NAME = "rank";

    private static final Logger LOG = LoggerFactory.getLogger(RankStep.class);

    /** A partition further behind the others than this holds them up. */
    private static final long WAITING_MS = 10_000;

    private final RankConfig config;
    private final LongFunction<List<byte[]>> trendsFrom;

    /** @param trendsFrom the values of {@code trends} from the first on that ends at an event time or after it */
    public RankStep(RankConfig config, LongFunction<List<byte[]>> trendsFrom) {
        this.config = config;
        this.trendsFrom = trendsFrom;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String input() {
        return TrendsTopic.TREND_CANDIDATES;
    }

    /** Other people read it: gzip is what every client knows without another library. */
    @Override
    public String compression() {
        return "gzip";
    }

    @Override
    public String stateTopic() {
        return null;
    }

    @Override
    public Task open(int partition) {
        return new RankingTask();
    }

    private final class RankingTask implements Task.Rereading {
        private final Ranker ranker = new Ranker(config);
        private boolean fromTheBeginning;
        private long reread;

        @Override
        public void begin(long logStart) {
            fromTheBeginning = true;
        }

        @Override
        public long resume(Committed committed) {
            Position position = Position.decode(committed.note());
            List<Ranking> finals = new ArrayList<>();
            if (position.publishedTo() != Watermarks.UNKNOWN) {
                for (byte[] value : trendsFrom.apply(position.finalsFrom())) {
                    finals.add(ranking(value));
                }
            }
            // Later finals of a predecessor may stand there with one missing before them: all after the commit come
            // again.
            finals.removeIf(ranking -> ranking == null || ranking.at().toEpochMilli() > position.publishedTo());
            ranker.resume(position, finals);
            // As long as nothing is published, all that there ever was is read again.
            fromTheBeginning = position.publishedTo() == Watermarks.UNKNOWN;
            reread = position.appliedBefore();
            return position.restart();
        }

        private Ranking ranking(byte[] value) {
            try {
                return RankingCodec.decode(value);
            } catch (IOException e) {
                LOG.warn("a record of {} is no ranking and left out: {}", TrendsTopic.TRENDS, e.getMessage());
                return null;
            }
        }

        @Override
        public void apply(LogRecord record, Consumer<Outgoing> out) throws MissingRecordsException {
            TrendCandidates candidates;
            try {
                candidates = TrendCandidatesCodec.decode(record.value());
            } catch (IllegalArgumentException e) {
                LOG.error("{}@{} is left out: {}", input(), record.offset(), e.getMessage());
                return;
            }
            requireAllBefore(record.offset(), candidates);
            for (Ranking ranking : ranker.apply(record.offset(), candidates)) {
                out.accept(new Outgoing(
                        TrendsTopic.TRENDS,
                        0,
                        Math.max(0, ranking.at().toEpochMilli()),
                        ranking.key().getBytes(StandardCharsets.UTF_8),
                        RankingCodec.encode(ranking)));
            }
        }

        private void requireAllBefore(long offset, TrendCandidates candidates) throws MissingRecordsException {
            Watermarks closed = ranker.closed();
            long have = closed == null || candidates.partition() >= closed.partitions()
                    ? Watermarks.UNKNOWN
                    : closed.of(candidates.partition());
            boolean known = have != Watermarks.UNKNOWN || fromTheBeginning;
            if (candidates.early() == null && known && offset >= reread && candidates.from() > have) {
                throw new MissingRecordsException("it continues target partition " + candidates.partition() + " at "
                        + Instant.ofEpochMilli(candidates.from()) + ", but everything after "
                        + (have == HashtagUses.NO_WATERMARK ? "the beginning" : Instant.ofEpochMilli(have))
                        + " is missing");
            }
        }

        @Override
        public boolean full() {
            return false;
        }

        @Override
        public void flush(Consumer<Outgoing> out) {
            // Finals are handed over as soon as they are ranked.
        }

        @Override
        public String note() {
            return ranker.position().encode();
        }

        @Override
        public long neededFrom() {
            return ranker.position().restart();
        }

        @Override
        public long eventTime() {
            return ranker.closed() == null
                    ? Watermarks.UNKNOWN
                    : ranker.closed().all();
        }

        @Override
        public String waitsFor() {
            Watermarks closed = ranker.closed();
            if (closed == null) {
                return "waiting for count";
            }
            return closed.waitingFor(WAITING_MS, "count");
        }
    }
}
