package freshet.trends.rank;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.trends.contract.Ranking.State;
import freshet.trends.contract.Ranking.Trend;
import freshet.trends.time.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LifeCycleTest {

    private static final Window WINDOW = Window.parse("1m/10s");
    private static final double BREAKING = 8;

    @Test
    void aBreakoutBreaksThenHoldsThenFades() {
        assertThat(states(9, 10, 20, 40, 80, 80, 79, 80, 78, 60, 42, 39, 30, 20))
                .containsExactly(State.BREAKING, State.STEADY, State.FADING);
    }

    @Test
    void aSlowTrendRisesUntilItIsRareEnough() {
        assertThat(states(6, 10, 11, 12)).containsExactly(State.RISING);
        assertThat(states(BREAKING, 10, 11, 12)).containsExactly(State.BREAKING);
    }

    @Test
    void aSecondPeakIsANewUpswing() {
        assertThat(states(9, 50, 80, 60, 50, 30, 20, 10, 12, 20, 30, 40))
                .containsExactly(State.BREAKING, State.FADING, State.BREAKING);
    }

    @Property
    void noStateFlickers(@ForAll @Size(min = 2, max = 60) List<@IntRange(min = 95, max = 105) Integer> noise) {
        List<State> all = new ArrayList<>();
        run(9, noise.stream().mapToInt(Integer::intValue).toArray(), all);

        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i)).as("a level with a little noise").isIn(State.BREAKING, State.STEADY);
            assertThat(all.get(i - 1) == State.STEADY && all.get(i) == State.BREAKING)
                    .isFalse();
        }
    }

    private static List<State> states(double score, int... authors) {
        List<State> all = new ArrayList<>();
        run(score, authors, all);
        List<State> changes = new ArrayList<>();
        for (State state : all) {
            if (changes.isEmpty() || changes.get(changes.size() - 1) != state) {
                changes.add(state);
            }
        }
        return changes;
    }

    private static void run(double score, int[] authors, List<State> states) {
        Trend before = null;
        for (int i = 0; i < authors.length; i++) {
            Instant at = Instant.ofEpochMilli(1_000_000_000L + i * WINDOW.slide());
            LifeCycle.Step step = before == null
                    ? LifeCycle.begin(authors[i], score >= BREAKING, at)
                    : LifeCycle.next(before, authors[i], score, BREAKING, WINDOW, at);
            states.add(step.state());
            before = new Trend(
                    1,
                    "id",
                    "t",
                    List.of("t"),
                    "t",
                    step.state(),
                    authors[i],
                    authors[i],
                    1,
                    score,
                    0,
                    at,
                    false,
                    List.of(),
                    "",
                    List.of(),
                    List.of(),
                    List.of(),
                    step.life(),
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }
}
