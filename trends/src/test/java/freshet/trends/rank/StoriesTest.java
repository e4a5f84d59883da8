package freshet.trends.rank;

import static freshet.trends.rank.CandidateSamples.candidate;
import static freshet.trends.rank.CandidateSamples.sampled;
import static freshet.trends.rank.CandidateSamples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import freshet.trends.contract.Hash64;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Tally;
import freshet.trends.contract.TrendCandidates.Texts;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StoriesTest {

    private static final Texts NO_TEXTS = new Texts(0, 0, 0, 0);

    @Test
    void tagsOfLargelyTheSamePeopleAreOneStory() {
        Candidate eclipse = candidate("eclipse", 40, 40, 20, 0);
        Candidate eclipse2026 = candidate("eclipse2026", 20, 20, 15, 5);
        Candidate derby = candidate("derby", 30, 30, 12, 1000);

        assertThat(Stories.of(List.of(eclipse, eclipse2026, derby), new Lives(null)))
                .containsExactly(List.of(eclipse, eclipse2026), List.of(derby));
    }

    @Test
    void aTrickleIsNoPartOfAFlood() {
        Candidate flood = candidate("flood", 1000, 1000, 20, 0);
        Candidate trickle = candidate("trickle", 10, 10, 15, 0);

        assertThat(Stories.of(List.of(flood, trickle), new Lives(null))).hasSize(2);
    }

    @Test
    void aTagThatMostlyStandsInAFloodsPostsRidesAlong() {
        Candidate flood = candidate("flood", 1000, 1000, 20, 0);
        Candidate beach = with(candidate("beach", 20, 20, 9, 5_000), List.of(new Tally("flood", 13)), NO_TEXTS);
        Candidate tower = with(candidate("tower", 20, 20, 8, 6_000), List.of(new Tally("flood", 7)), NO_TEXTS);

        assertThat(Stories.of(List.of(flood, beach, tower), new Lives(null)))
                .containsExactly(List.of(flood, beach), List.of(tower));
    }

    @Test
    void theShareOfManyAuthorsIsEstimatedFromTheirSmallestHashes() {
        assertThat(Stories.share(authors(0, 10_000, 0), authors(3_000, 8_000, 0)))
                .isCloseTo(1, within(0.25));
        assertThat(Stories.share(authors(0, 10_000, 0), authors(5_000, 15_000, 0)))
                .isCloseTo(0.5, within(0.25));
        assertThat(Stories.share(authors(0, 10_000, 0), authors(20_000, 30_000, 0)))
                .isZero();
        assertThat(Stories.share(authors(0, 20, 0), authors(10, 30, 0))).isEqualTo(0.5);
    }

    /** A sample of a sample holds too few authors to be full, and not all of them either. */
    @Test
    void ofATagOfWhichFewSampledAuthorsAreKnownOnlyWhatTheSampleReachesIsCompared() {
        Candidate sampled = authors(0, 1_000, 5);
        assertThat(sampled.sample()).hasSizeBetween(10, 60);

        assertThat(Stories.share(sampled, authors(0, 1_000, 0))).isEqualTo(1);
        assertThat(Stories.share(sampled, authors(0, 1_000, 2))).isEqualTo(1);
        assertThat(Stories.share(sampled, authors(500, 1_500, 4))).isCloseTo(0.5, within(0.3));
    }

    /** A tag of the authors of some numbers, of whom those of a level or above are known. */
    private static Candidate authors(long from, long to, int level) {
        List<Long> sample = LongStream.range(from, to)
                .map(Hash64::mix)
                .filter(author -> Hash64.level(author) >= level)
                .sorted()
                .limit(64)
                .boxed()
                .toList();
        return sampled(candidate("tag", (int) (to - from), 1), sample, level);
    }
}
