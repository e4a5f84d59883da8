package freshet.trends.score;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.trends.history.TagHistory;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is and what is no trend, told as short histories of ten-minute windows. */
class ScorerTest {

    private static final long WINDOW = 600_000;
    private static final long NEWS = 1;
    private static final long MORNING = 2;
    private static final long NEW = 1_000_003;

    private final TagHistory history = new TagHistory(WINDOW, 10_000);
    private final Scorer scorer = new Scorer(history);
    private final Random random = new Random(7);
    private long end = 0;

    @Test
    void aSmallNewTagBreaksOut() {
        background(48, 300);

        Score score = scorer.score(NEW, 15, 315, end + WINDOW / 2);

        assertThat(score.score()).isGreaterThan(Score.BREAKING);
        assertThat(score.expected()).isLessThan(0.1);
        assertThat(score.warming()).isFalse();
    }

    @Test
    void anAlwaysPopularTagIsNoTrend() {
        background(48, 300);

        assertThat(scorer.score(NEWS, 55, 355, end).score()).isLessThan(Score.CANDIDATE);
    }

    @Test
    void aPopularTagBreaksOutFarAboveItsLevel() {
        background(160, 300);

        assertThat(scorer.score(NEWS, 200, 500, end).score()).isGreaterThan(Score.BREAKING);
    }

    @Test
    void onItsFirstDayAPopularTagMayFollowARhythmNotYetKnown() {
        background(48, 300);

        assertThat(scorer.score(NEWS, 150, 450, end).score()).isLessThan(Score.BREAKING);
        assertThat(scorer.score(NEWS, 400, 700, end).score()).isGreaterThan(Score.BREAKING);
    }

    @Test
    void aDailyRegularIsNoTrendFromItsSecondDayOn() {
        for (int window = 0; window < 144; window++) {
            window(300, window >= 42 && window < 54 ? 60 : 0);
        }
        for (int window = 0; window < 42; window++) {
            window(300, 0);
        }

        assertThat(scorer.score(MORNING, 75, 375, end + 60_000).score()).isLessThan(Score.BREAKING);
    }

    @Test
    void aBreakoutStandsOutForHalfAnHourAndBecomesUsualInTheEnd() {
        background(48, 300);
        for (int window = 0; window < 3; window++) {
            assertThat(scorer.score(MORNING, 60, 360, end + WINDOW).score())
                    .as("window %d of the breakout", window)
                    .isGreaterThan(Score.BREAKING);
            window(300, 60);
        }
        for (int window = 0; window < 12; window++) {
            window(300, 60);
        }

        assertThat(scorer.score(MORNING, 60, 360, end + WINDOW).score()).isLessThan(Score.CANDIDATE);
    }

    @Test
    void aGapInTheStreamTeachesNothing() {
        background(48, 300);
        Score before = scorer.score(NEWS, 50, 300, end);

        end += 6 * WINDOW;
        Score after = scorer.score(NEWS, 50, 300, end + WINDOW);

        assertThat(after.expected()).isGreaterThan(before.expected() * 0.9);
        assertThat(after.score()).isLessThan(Score.CANDIDATE);
    }

    @Test
    void aWholeStreamThatSpeedsUpIsNoTrend() {
        background(48, 300);

        assertThat(scorer.score(NEWS, 220, 1_320, end).score()).isLessThan(Score.BREAKING);
    }

    @Test
    void aColdStartSaysItIsWarmingAndIsModest() {
        Score first = scorer.score(NEWS, 500, 5_000, WINDOW);
        assertThat(first).isEqualTo(new Score(0.8, first.scale(), 0, 1, true));
        background(6, 300);

        assertThat(scorer.score(NEWS, 50, 300, end))
                .matches(Score::warming)
                .matches(score -> score.score() < Score.CANDIDATE);
    }

    private void background(int windows, int tags) {
        for (int i = 0; i < windows; i++) {
            window(tags, 0);
        }
    }

    /** NEWS at 50 or so, many tags at one or two authors, most of them seen once. */
    private void window(int tags, int morning) {
        TreeMap<Long, Integer> counts = new TreeMap<>();
        counts.put(NEWS, 42 + random.nextInt(16));
        if (morning > 0) {
            counts.put(MORNING, morning);
        }
        for (int i = 0; i < tags; i++) {
            counts.merge(3L + random.nextInt(i % 2 == 0 ? 200 : 1_000_000), 1, Integer::sum);
        }
        end += WINDOW;
        history.close(
                end,
                counts.keySet().stream().mapToLong(Long::longValue).toArray(),
                counts.values().stream().mapToInt(Integer::intValue).toArray(),
                counts.size());
    }
}
