package freshet.trends.rank;

import freshet.trends.contract.Band;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.Ranking.PostRef;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Slide;
import freshet.trends.contract.TrendCandidates.Tally;
import freshet.trends.contract.TrendCandidates.Texts;
import freshet.trends.contract.TrendCandidates.Total;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** Candidates and records of them, as short as a test needs. */
final class CandidateSamples {

    static final long T = 1_700_000_040_000L;

    private CandidateSamples() {}

    /** A candidate whose authors are the numbers from one on, one post each. */
    static Candidate candidate(String tag, int authors, double score) {
        return candidate(tag, authors, authors, score, 0);
    }

    static Candidate candidate(String tag, long count, int authors, double score, long firstAuthor) {
        List<Long> sample = LongStream.range(firstAuthor, firstAuthor + Math.min(64, authors))
                .boxed()
                .toList();
        List<PostRef> posts = List.of(new PostRef("post-" + tag, Instant.ofEpochMilli(T), "0@1"));
        return new Candidate(
                tag,
                tag,
                count,
                authors,
                1,
                score,
                Math.pow(10, -score),
                false,
                Collections.nCopies(60, authors),
                posts,
                posts,
                sample,
                List.of(),
                List.of(),
                List.of(),
                new Texts(0, 0, 0, 0),
                new Band(0, 4),
                new Band(0, 1),
                0,
                (int) Math.min(count, TrendCandidates.DETAILED_MAX));
    }

    static Candidate with(Candidate candidate, List<Tally> pairs, Texts texts) {
        return with(candidate, candidate.sample(), pairs, texts, candidate.level());
    }

    static Candidate sampled(Candidate candidate, List<Long> sample, int level) {
        return with(candidate, sample, candidate.pairs(), candidate.texts(), level);
    }

    private static Candidate with(Candidate candidate, List<Long> sample, List<Tally> pairs, Texts texts, int level) {
        return new Candidate(
                candidate.tag(),
                candidate.display(),
                candidate.count(),
                candidate.authors(),
                candidate.expected(),
                candidate.score(),
                candidate.odds(),
                candidate.warming(),
                candidate.spark(),
                candidate.first(),
                candidate.examples(),
                sample,
                pairs,
                candidate.languages(),
                candidate.sources(),
                texts,
                candidate.band(),
                candidate.sparkBand(),
                level,
                candidate.looked());
    }

    static Slide slide(String window, long at, Candidate... candidates) {
        return new Slide(window, "all", at, List.of(candidates));
    }

    static TrendCandidates record(int partition, int partitions, long from, long to, Slide... slides) {
        return new TrendCandidates(partition, partitions, null, from, to, List.of(), List.of(slides));
    }

    static Total posts(long at, long posts) {
        return new Total(at, posts, HashtagUses.NO_WATERMARK);
    }
}
