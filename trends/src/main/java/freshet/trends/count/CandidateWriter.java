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

/**
 * Describes a candidate from its rows in the log: what ranking and people want to know of it. The author sample and the
 * first posts come from the rows whose authors are counted; the spark of a heavy tag from those of as low a level as has
 * at most half of {@code exactUsesMax} rows in its stretch of time; what needs their details (spellings, pairs, languages, texts, examples)
 * from the newest {@value TrendCandidates#DETAILED_MAX} rows in the window: all that bounds the cost of a slide.
 */
final class CandidateWriter {

    private static final int FIRST = 3;
    /** The spark reaches back this many window sizes, as far as the longest window keeps rows. */
    private static final int SPARK_SIZES = 6;

    private final TagTable tags;
    private final UseLog log;
    private final long longest;
    private final int sparkRowsMax;
    private final AuthorSample sample = new AuthorSample();
    private final Spark spark = new Spark();
    private final LongArrayList rows = new LongArrayList();
    private final long[] first = new long[FIRST];
    private int firsts;

    CandidateWriter(CountConfig config, TagTable tags, UseLog log) {
        this.tags = tags;
        this.log = log;
        this.longest = config.windows().longest();
        this.sparkRowsMax = Math.max(1, config.exactUsesMax() / 2);
    }

    /** Describes a tag in the window that ends at {@code end}. */
    Candidate write(int tag, long end, Window window, int uses, int authors, int level, Score score) {
        long begin = end - window.size();
        long sparkBegin = end - Math.max(window.size(), Math.min(SPARK_SIZES * window.size(), longest));
        int[] lanes = lanes(tag);
        sample.clear();
        firsts = 0;
        for (int from = level; from < lanes.length; from++) {
            look(lanes[from], begin, end);
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

    /** Looks at a lane's live rows for the author sample and the first posts. */
    private void look(int lane, long begin, long end) {
        if (lane == HeavyTag.NO_LANE) {
            return;
        }
        for (long row = tags.lastRow(lane); row >= log.start(); row = log.previous(row)) {
            long time = log.time(row);
            if (time < begin) {
                return;
            }
            if (time < end && log.live(row) > 0) {
                sample.add(log.author(row));
                if ((firsts < FIRST || row < first[FIRST - 1]) && log.shown(row)) {
                    insertFirst(row);
                }
            }
        }
    }

    private void insertFirst(long row) {
        int at = firsts < FIRST ? firsts++ : FIRST - 1;
        for (; at > 0 && first[at - 1] > row; at--) {
            first[at] = first[at - 1];
        }
        first[at] = row;
    }

    private List<PostRef> first() {
        List<PostRef> posts = new ArrayList<>(FIRST);
        for (int i = 0; i < firsts; i++) {
            posts.add(Details.ref(log, first[i]));
        }
        return posts;
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
        spark.begin(begin, end);
        int level = lanes.length - 1;
        int rows = addToSpark(lanes[level], begin, end, Integer.MAX_VALUE);
        spark.takeLane();
        for (; level > 0; level--) {
            rows += addToSpark(lanes[level - 1], begin, end, sparkRowsMax - rows);
            if (rows > sparkRowsMax) {
                break;
            }
            spark.takeLane();
        }
        return spark.end(level);
    }

    /** Tells a lane's rows, until they are more than a most. @return how many it has told */
    private int addToSpark(int lane, long begin, long end, int most) {
        if (lane == HeavyTag.NO_LANE) {
            return 0;
        }
        int rows = 0;
        for (long row = tags.lastRow(lane); row >= log.start() && rows <= most; row = log.previous(row)) {
            long time = log.time(row);
            if (time < begin) {
                break;
            }
            if (time < end) {
                rows++;
                if (log.live(row) > 0) {
                    long next = log.pairAfter(row);
                    spark.add(time, next == UseRows.NONE_AFTER ? Long.MAX_VALUE : log.time(next));
                }
            }
        }
        return rows;
    }
}
