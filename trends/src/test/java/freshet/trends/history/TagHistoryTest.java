package freshet.trends.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TagHistoryTest {

    private static final long WINDOW = 60_000;

    @Property(tries = 30)
    void aRestoredHistoryGoesOnAsTheOneThatWroteIt(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int at)
            throws IOException {
        Random random = new Random(seed);
        TagHistory whole = new TagHistory(WINDOW, 64);
        TagHistory restored = null;
        long end = 0;
        for (int window = 0; window < 220; window++) {
            end += WINDOW * (random.nextInt(20) == 0 ? 1 + random.nextInt(2_000) : 1);
            long[] tags = random.longs(0, 120).distinct().limit(20).sorted().toArray();
            int[] authors = random.ints(tags.length, 1, 40).toArray();
            whole.close(end, tags, authors, tags.length);
            if (restored != null) {
                restored.close(end, tags, authors, tags.length);
            }
            if (window == at) {
                restored = copy(whole);
            }
        }
        assertThat(bytes(restored)).isEqualTo(bytes(whole));
        for (long tag = 0; tag < 120; tag++) {
            assertThat(restored.past(tag, end + 1)).isEqualTo(whole.past(tag, end + 1));
        }
        assertThat(whole.size()).isLessThanOrEqualTo(64);
    }

    @Test
    void theMeanOfASteadyTagIsItsLevel() {
        TagHistory history = new TagHistory(WINDOW, 64);
        for (int window = 1; window <= 600; window++) {
            history.close(window * WINDOW, new long[] {1, 2}, new int[] {7, 100}, 2);
        }
        assertThat(history.past(1, 601 * WINDOW).mean()).isCloseTo(7, within(0.1));
        assertThat(history.past(2, 601 * WINDOW).mean()).isCloseTo(100, within(0.5));
    }

    @Test
    void forgettingHalvesInADay() {
        TagHistory history = new TagHistory(WINDOW, 64);
        for (int window = 1; window <= 4_320; window++) {
            history.close(window * WINDOW, new long[] {1, 2}, new int[] {window <= 1_440 ? 20 : 1, 100}, 2);
        }
        // Weights of the three days, oldest first: 1/8, 1/4, 1/2 of a whole of 7/8.
        double mean = (20 * 0.125 + 0.25 + 0.5) / 0.875;
        assertThat(history.past(1, 4_321 * WINDOW).mean()).isCloseTo(mean, within(0.25));
    }

    @Test
    void yearsOfWindowsKeepTheirWeightsFinite() {
        TagHistory history = new TagHistory(3_600_000, 64);
        for (int window = 1; window <= 24 * 365; window++) {
            history.close(window * 3_600_000L, new long[] {1}, new int[] {50}, 1);
        }
        assertThat(history.past(1, 3_600_000L * (24 * 365 + 1)).mean()).isCloseTo(50, within(0.5));
    }

    @Test
    void decadesWithoutAPostLeaveThePastInOrder() {
        TagHistory history = new TagHistory(WINDOW, 64);
        for (int window = 1; window <= 1_440; window++) {
            history.close(window * WINDOW, new long[] {1}, new int[] {50}, 1);
        }
        long later = WINDOW * 60 * 24 * 365 * 30;
        history.close(later, new long[] {1}, new int[] {50}, 1);

        assertThat(history.past(1, later + 2 * 3_600_000).mean()).isBetween(3.0, 50.0);
        assertThat(history.past(2, later + 2 * 3_600_000).mean()).isBetween(0.0, 0.1);
    }

    @Test
    void theLightestTagsAreForgottenAndTheErrorIsKnown() {
        TagHistory history = new TagHistory(WINDOW, 16);
        long[] tags = new long[17];
        int[] authors = new int[17];
        for (int i = 0; i < 17; i++) {
            tags[i] = i;
            authors[i] = i + 1;
        }
        for (int window = 1; window <= 60; window++) {
            history.close(window * WINDOW, tags, authors, 16);
        }
        history.close(61 * WINDOW, tags, authors, 17);

        assertThat(history.size()).isEqualTo(12);
        assertThat(history.past(15, 100 * WINDOW).mean()).isCloseTo(16, within(1.0));
        assertThat(history.past(0, 100 * WINDOW).mean()).isLessThan(0.1);
        assertThat(history.forgottenMean()).isBetween(3.0, 6.0);
    }

    @Test
    void whatAnotherVersionOrWindowWroteIsRefusedInOneLine() throws IOException {
        byte[] bytes = bytes(new TagHistory(WINDOW, 64));

        assertThatThrownBy(() -> TagHistory.read(new DataInputStream(new ByteArrayInputStream(bytes)), 600_000, 64))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("windows of 60000 ms, expected version 1 for 600000 ms");
    }

    @Test
    void windowsMustFollowEachOther() {
        TagHistory history = new TagHistory(WINDOW, 64);
        history.close(2 * WINDOW, new long[] {1}, new int[] {1}, 1);

        assertThatThrownBy(() -> history.close(2 * WINDOW, new long[] {1}, new int[] {1}, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> history.close(2 * WINDOW + 1, new long[] {1}, new int[] {1}, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TagHistory copy(TagHistory history) throws IOException {
        return TagHistory.read(new DataInputStream(new ByteArrayInputStream(bytes(history))), WINDOW, 64);
    }

    private static byte[] bytes(TagHistory history) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        history.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
