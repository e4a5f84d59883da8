package freshet.trends.rank;

import static freshet.trends.rank.CandidateSamples.candidate;
import static freshet.trends.rank.CandidateSamples.with;
import static org.assertj.core.api.Assertions.assertThat;

import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void fewAuthorsOfManyPostsAreKeptOut() {
        assertThat(Verdict.on(candidate("spam", 200, 5, 30, 0), false))
                .isEqualTo("few authors, many posts: 200 posts by 5 authors");
    }

    @Test
    void manyAccountsThatSayTheSameAreKeptOut() {
        assertThat(Verdict.on(texts(50, 40, new Texts(50, 3, 45, 38)), false))
                .contains("45 of 50 posts, by 38 accounts");
        assertThat(Verdict.on(texts(60, 50, new Texts(60, 10, 6, 5)), false)).contains("60 posts with only 10 texts");
    }

    @Test
    void repostsOfOnePostAreNoVerdict() {
        assertThat(Verdict.on(texts(500, 480, new Texts(12, 1, 12, 8)), false)).isNull();
    }

    @Test
    void peopleWhoSayDifferentThingsAreNoVerdict() {
        assertThat(Verdict.on(texts(100, 90, new Texts(80, 70, 6, 6)), false)).isNull();
    }

    private static Candidate texts(long count, int authors, Texts texts) {
        return with(candidate("tag", count, authors, 20, 0), List.of(), texts);
    }
}
