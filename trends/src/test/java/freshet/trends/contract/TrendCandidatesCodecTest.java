package freshet.trends.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.trends.contract.Ranking.PostRef;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Slide;
import freshet.trends.contract.TrendCandidates.Tally;
import freshet.trends.contract.TrendCandidates.Texts;
import freshet.trends.contract.TrendCandidates.Total;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendCandidatesCodecTest {

    @Test
    void readsWhatItWrote() {
        TrendCandidates record = record(new Band(0, 4), new Band(0, 1));

        assertThat(TrendCandidatesCodec.decode(TrendCandidatesCodec.encode(record)))
                .isEqualTo(record);
    }

    @Test
    void readsRecordsOfEarlierVersionsWhichKnewNoLevelsAndNoBands() {
        TrendCandidates without = record(null, null);
        byte[] newest = TrendCandidatesCodec.encode(without);
        byte[] second =
                Arrays.copyOf(newest, newest.length - 2); // the last candidate's level, and how many were looked at
        second[0] = 2;
        byte[] first = Arrays.copyOf(second, second.length - 4); // its bands: two numbers each
        first[0] = 1;

        assertThat(TrendCandidatesCodec.decode(second)).isEqualTo(without);
        assertThat(TrendCandidatesCodec.decode(first)).isEqualTo(without);
    }

    @Test
    void refusesVersionsThatItDoesNotKnow() {
        byte[] bytes = TrendCandidatesCodec.encode(record(null, null));
        bytes[0] = 4;

        assertThatThrownBy(() -> TrendCandidatesCodec.decode(bytes))
                .hasMessageContaining("version 4")
                .hasMessageContaining("run all trends processes at one release");
    }

    @Test
    void saysThatARecordIsCutShort() {
        byte[] bytes = TrendCandidatesCodec.encode(record(new Band(0, 4), new Band(0, 1)));

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> TrendCandidatesCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static TrendCandidates record(Band band, Band sparkBand) {
        Candidate candidate = new Candidate(
                "eclipse",
                "Eclipse",
                50,
                41,
                2.1,
                9,
                1e-9,
                false,
                List.of(0, 3, 38),
                List.of(new PostRef("1", Instant.ofEpochMilli(1_448_000_000_000L), "0@7")),
                List.of(),
                List.of(-5L, 5L),
                List.of(new Tally("moon", 6)),
                List.of(new Tally("pt", 30), new Tally("en", 20)),
                List.of(new Tally("twitter", 50)),
                new Texts(40, 39, 2, 2),
                band,
                sparkBand,
                0,
                50);
        return new TrendCandidates(
                1,
                6,
                null,
                1_000,
                2_000,
                List.of(new Total(1_000, 12, HashtagUses.NO_WATERMARK)),
                List.of(new Slide("10m", "all", 2_000, List.of(candidate))));
    }
}
