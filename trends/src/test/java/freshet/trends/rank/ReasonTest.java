package freshet.trends.rank;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.trends.contract.Band;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Texts;
import freshet.trends.time.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonTest {

    private static final Window TEN_MINUTES = Window.parse("10m/10s");

    @Test
    void saysSeenAgainstExpectedAndHowRareThatIs() {
        assertThat(Reason.of(candidate(41, 2.04, 2.9e-5, false), TEN_MINUTES))
                .isEqualTo("41 authors in 10 minutes, 2 expected; as rare as once in 8 months");
        assertThat(Reason.of(candidate(7, 0.01, 1e-4, false), TEN_MINUTES))
                .isEqualTo("7 authors in 10 minutes, fewer than 1 expected; as rare as once in 2 months");
        assertThat(Reason.of(candidate(700, 64.4, 1e-40, false), Window.parse("1h/1m")))
                .isEqualTo("700 authors in 1 hour, 64 expected; rarer than once in a century");
    }

    @Test
    void saysThatAYoungStreamKnowsLittle() {
        assertThat(Reason.of(candidate(5, 1.26, 0.2, true), TEN_MINUTES))
                .isEqualTo(
                        "5 authors in 10 minutes, 1.3 expected; the stream is young, so little is known of its past");
    }

    @Test
    void saysThatVeryManyAuthorsAreAboutSoMany() {
        Candidate many = candidate(41_088, 2_100, 1e-40, false);
        assertThat(Reason.of(CandidateSamples.sampled(many, List.of(), 1), TEN_MINUTES))
                .startsWith("about 41,100 authors in 10 minutes, 2100 expected");
        assertThat(Reason.of(CandidateSamples.sampled(many, List.of(), 6), TEN_MINUTES))
                .as("sampled 642, which is four per cent")
                .startsWith("about 41,000 authors in 10 minutes");
    }

    private static Candidate candidate(int authors, double expected, double odds, boolean warming) {
        return new Candidate(
                "t",
                "t",
                authors,
                authors,
                expected,
                5,
                odds,
                warming,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Texts(0, 0, 0, 0),
                new Band(0, 4),
                new Band(0, 1),
                0,
                authors);
    }
}
