package freshet.trends.count;

import com.carrotsearch.hppc.LongArrayList;
import freshet.trends.contract.Hash64;
import freshet.trends.contract.Ranking.PostRef;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.score.Score;
import freshet.trends.time.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Describes a candidate from its rows in the log: what ranking and people want to know of it. The author sample and the
 * first posts come from the rows whose authors are counted; the spark from those of as low a level as has at most
 * {@code exactUsesMax} rows in its stretch of time; what needs their details (spellings, pairs, languages, texts, examples)
 * from the newest {@value TrendCandidates#DETAILED_MAX} rows in the window: all that bounds the cost of a slide.
 */
final class CandidateWriter {

    private static final int FIRST = 3;
    /** The spark reaches back this many window sizes, as far as the longest window keeps rows. */
    private static final int SPARK_SIZES = 6;

    private final TagTable tags;
    private final UseLog log;
    private final long longest;
    private final int exactUsesMax;
    private final AuthorSample sample = new AuthorSample();
    private final Spark spark = new Spark();
    private final LongArrayList rows = new LongArrayList();

    CandidateWriter(CountConfig config, TagTable tags, UseLog log) {
        this.tags = tags;
        this.log = log;
        this.longest = config.windows().longest();
        this.exactUsesMax = config.exactUsesMax();
    }

    /** Describes a tag in the window that ends at {@code end}. */
    Candidate write(int tag, long end, Window window, int uses, int authors, int level, Score score) {
        long begin = end - window.size();
        long sparkBegin = end - Math.max(window.size(), Math.min(SPARK_SIZES * window.size(), longest));
        int[] lanes = lanes(tag);
        sample.clear();
        rows.elementsCount = 0;
        for (int lane = level; lane < lanes.length; lane++) {
            forEachLive(lanes[lane], begin, end, row -> {
                sample.add(log.author(row));
                if (log.shown(row)) {
                    rows.add(row);
                }
            });
        }
        List<PostRef> first = first();
        Details details = new Details(log);
        newest(lanes, begin, end);
        for (int i = rows.size() - 1; i >= 0; i--) {
            details.add(rows.get(i));
        }
        return new Candidate(
                tags.name(tag),
                details.display(tags.name(tag)),
                uses,
                authors,
                score.expected(),
                score.score(),
                score.odds(),
                score.warming(),
                spark(lanes, sparkBegin, end),
                first,
                details.examples(),
                sample.smallest(),
                details.pairs(),
                details.languages(),
                details.sources(),
                details.texts(),
                score.band(1),
                score.band((double) (end - sparkBegin) / Spark.POINTS / window.size()),
                level,
                details.size());
    }

    /** The numbers under which a tag's rows stand, by level; one that is not heavy has them all under its own. */
    private int[] lanes(int tag) {
        HeavyTag heavy = tags.heavy(tag);
        if (heavy == null) {
            return new int[] {tag};
        }
        int[] lanes = new int[Hash64.LEVEL_MAX + 1];
        for (int level = 0; level < lanes.length; level++) {
            lanes[level] = heavy.lane(level);
        }
        return lanes;
    }

    private void forEachLive(int lane, long begin, long end, LongConsumer consumer) {
        if (lane == HeavyTag.NO_LANE) {
            return;
        }
        for (long row = tags.lastRow(lane); row >= log.start(); row = log.previous(row)) {
            long time = log.time(row);
            if (time < begin) {
                break;
            }
            if (time < end && log.live(row) > 0) {
                consumer.accept(row);
            }
        }
    }

    /** The oldest of the rows gathered. */
    private List<PostRef> first() {
        long[] oldest = new long[FIRST];
        int count = 0;
        for (int i = 0; i < rows.size(); i++) {
            long row = rows.get(i);
            int at = count < FIRST ? count++ : row < oldest[FIRST - 1] ? FIRST - 1 : FIRST;
            for (; at < FIRST && at > 0 && oldest[at - 1] > row; at--) {
                oldest[at] = oldest[at - 1];
            }
            if (at < FIRST) {
                oldest[at] = row;
            }
        }
        List<PostRef> first = new ArrayList<>(FIRST);
        for (int i = 0; i < count; i++) {
            first.add(Details.ref(log, oldest[i]));
        }
        return first;
    }

    /** Gathers the newest rows of all lanes, newest first. */
    private void newest(int[] lanes, long begin, long end) {
        rows.elementsCount = 0;
        long[] next = new long[lanes.length];
        for (int lane = 0; lane < lanes.length; lane++) {
            next[lane] =
                    lanes[lane] == HeavyTag.NO_LANE ? TagTable.NO_ROW : shown(tags.lastRow(lanes[lane]), begin, end);
        }
        while (rows.size() < TrendCandidates.DETAILED_MAX) {
            int newest = 0;
            for (int lane = 1; lane < next.length; lane++) {
                if (next[lane] > next[newest]) {
                    newest = lane;
                }
            }
            if (next[newest] == TagTable.NO_ROW) {
                return;
            }
            rows.add(next[newest]);
            next[newest] = shown(log.previous(next[newest]), begin, end);
        }
    }

    /** The first row from one on backwards whose post may be shown, or {@link TagTable#NO_ROW}. */
    private long shown(long from, long begin, long end) {
        for (long row = from; row >= log.start() && log.time(row) >= begin; row = log.previous(row)) {
            if (log.time(row) < end && log.shown(row)) {
                return row;
            }
        }
        return TagTable.NO_ROW;
    }

    private List<Integer> spark(int[] lanes, long begin, long end) {
        rows.elementsCount = 0;
        int level = lanes.length - 1;
        gather(lanes[level], begin, end, Integer.MAX_VALUE);
        for (; level > 0; level--) {
            int before = rows.size();
            gather(lanes[level - 1], begin, end, exactUsesMax);
            if (rows.size() > exactUsesMax) {
                rows.elementsCount = before;
                break;
            }
        }
        spark.begin(begin, end);
        for (int i = 0; i < rows.size(); i++) {
            if (log.live(rows.get(i)) > 0) {
                spark.add(log.time(rows.get(i)), log.author(rows.get(i)));
            }
        }
        return spark.end(level);
    }

    /** Adds a lane's rows, newest first; stops when there are more than a most. */
    private void gather(int lane, long begin, long end, int most) {
        if (lane == HeavyTag.NO_LANE) {
            return;
        }
        for (long row = tags.lastRow(lane); row >= log.start() && rows.size() <= most; row = log.previous(row)) {
            if (log.time(row) < begin) {
                return;
            }
            if (log.time(row) < end) {
                rows.add(row);
            }
        }
    }
}
