package freshet.trends.recount;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CrashPointsTest {

    private static final int RUNS = Integer.getInteger("freshet.simulations", 100);

    @Test
    void whateverCrashesEveryTagAndSlideIsRight() throws IOException {
        int crashes = 0;
        int stalls = 0;
        long tags = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Simulation simulation = new Simulation(seed);
            Verdict verdict = simulation.run(120);
            assertThat(verdict.findings()).as("seed %d", seed).isEmpty();
            crashes += simulation.crashes;
            stalls += simulation.stalls;
            tags += verdict.tags();
        }
        System.out.println(RUNS + " runs, " + crashes + " crashes, " + stalls + " stalls, " + tags + " tags compared");
        assertThat(crashes).isGreaterThan(RUNS);
        assertThat(stalls).isGreaterThan(RUNS / 4);
        assertThat(tags).isGreaterThan(100L * RUNS);
    }
}
