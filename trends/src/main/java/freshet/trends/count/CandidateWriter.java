package freshet.trends.count;

import com.carrotsearch.hppc.LongArrayList;
import freshet.trends.contract.Ranking.PostRef;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.score.Score;
import freshet.trends.time.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Describes a candidate from its rows in the log: what ranking and people want to know of it. Counts come from all its
 * rows; what needs their details (spellings, pairs, languages, texts, examples) from the newest {@value TrendCandidates#DETAILED_MAX} of
 * them in the window, which bounds the cost of a slide.
 */
final class CandidateWriter {

    private static final int FIRST = 3;
    /** The spark reaches back this many window sizes, as far as the longest window keeps rows. */
    private static final int SPARK_SIZES = 6;

    private final TagTable tags;
    private final UseLog log;
    private final long longest;
    private final AuthorSample sample = new AuthorSample();
    private final Spark spark = new Spark();
    private final LongArrayList rows = new LongArrayList();

    CandidateWriter(TagTable tags, UseLog log, long longest) {
        this.tags = tags;
        this.log = log;
        this.longest = longest;
    }

    /** Describes a tag in the window that ends at {@code end}. */
    Candidate write(int tag, long end, Window window, int uses, int authors, Score score) {
        long begin = end - window.size();
        long sparkBegin = end - Math.max(window.size(), Math.min(SPARK_SIZES * window.size(), longest));
        sample.clear();
        spark.begin(sparkBegin, end);
        rows.elementsCount = 0;
        for (long row = tags.lastRow(tag); row >= log.start(); row = log.previous(row)) {
            long time = log.time(row);
            if (time < sparkBegin) {
                break;
            }
            if (time < end && !log.retracted(row)) {
                spark.add(time, log.author(row));
                if (time >= begin) {
                    sample.add(log.author(row));
                    rows.add(row);
                }
            }
        }
        Details details = new Details(log);
        for (int i = Math.min(rows.size(), TrendCandidates.DETAILED_MAX) - 1; i >= 0; i--) {
            details.add(rows.get(i));
        }
        List<PostRef> first = new ArrayList<>(FIRST);
        for (int i = rows.size() - 1; i >= 0 && first.size() < FIRST; i--) {
            first.add(Details.ref(log, rows.get(i)));
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
                spark.end(),
                first,
                details.examples(),
                sample.smallest(),
                details.pairs(),
                details.languages(),
                details.sources(),
                details.texts(),
                score.band(1),
                score.band((double) (end - sparkBegin) / Spark.POINTS / window.size()));
    }
}
