package freshet.trends.recount;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.trends.count.CountConfig;
import freshet.trends.rank.RankConfig;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CrashPointsTest {

    private static final int POSTS = 120;
    private static final int EXACT = Simulation.COUNT.exactUsesMax();

    @Test
    void whateverCrashesEveryTagAndSlideIsRight() throws IOException {
        run(0, 100, EXACT);
    }

    /** What little worlds have of a tag is much where as few uses as these are counted exactly. */
    @Test
    void whateverCrashesEverySampleIsRight() throws IOException {
        run(0, 30, 2);
        run(30, 30, 5);
    }

    @Test
    @Tag("slow")
    void whateverCrashesEveryTagAndSlideIsRightAThousandTimes() throws IOException {
        run(100, 2_000, EXACT);
        run(2_100, 500, 3);
    }

    private static void run(int firstSeed, int runs, int exactUsesMax) throws IOException {
        int crashes = 0;
        int stalls = 0;
        long tags = 0;
        for (int seed = firstSeed; seed < firstSeed + runs; seed++) {
            Simulation simulation = new Simulation(seed).sampling(exactUsesMax);
            Verdict verdict = simulation.run(POSTS);
            assertThat(verdict.findings()).as("seed %d", seed).isEmpty();
            crashes += simulation.crashes;
            stalls += simulation.stalls;
            tags += verdict.tags();
        }
        // A simulation in which nothing breaks or nothing is counted would prove nothing.
        assertThat(crashes).isGreaterThan(runs);
        assertThat(stalls).isGreaterThan(runs / 2);
        assertThat(tags).isGreaterThan(100L * runs);
    }

    /** Not the counts alone: scores, states, lives, stories and examples as well. */
    @Test
    void theSamePostsGiveTheSameFinalsByteForByteInAnyOrderOfEvents() throws IOException {
        int finals = 0;
        for (int posts = 0; posts < 12; posts++) {
            Set<String> expected = null;
            for (int events = 1_000; events < 1_005; events++) {
                Simulation simulation = new Simulation(posts, events);
                int exactUsesMax = posts % 2 == 0 ? EXACT : posts;
                simulation.count = new CountConfig(Simulation.COUNT.windows(), 2, 0.01, 5, 20)
                        .bounded(exactUsesMax, posts % 3 == 0 ? 25 : Integer.MAX_VALUE);
                simulation.rank = new RankConfig(Simulation.COUNT.windows(), 3, 0.05, 0.4, true);
                simulation.run(POSTS);
                expected = expected == null ? simulation.finals() : expected;
                assertThat(simulation.finals())
                        .as("posts %d, events %d", posts, events)
                        .isEqualTo(expected);
            }
            finals += expected.size();
        }
        assertThat(finals).isGreaterThan(300);
    }
}
