package freshet.trends.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NegativeBinomialTest {

    @Property(tries = 300)
    void boundsTheTailFromAboveAndClosely(
            @ForAll @DoubleRange(min = 0.01, max = 50) double shape,
            @ForAll @DoubleRange(min = 0.05, max = 20) double scale,
            @ForAll @IntRange(min = 1, max = 400) int y) {
        double exact = exactLogTail(y, shape, scale);
        double bound = NegativeBinomial.logTail(y, shape, scale);

        assertThat(bound).isGreaterThanOrEqualTo(exact - 1e-6);
        if (exact < StrictMath.log(1e-4)) {
            assertThat(bound - exact).as("ln of bound over tail").isLessThan(StrictMath.log(10));
        }
    }

    @Test
    void logGammaIsThatOfFactorials() {
        double factorial = 1;
        for (int n = 1; n < 20; n++) {
            factorial *= n;
            assertThat(NegativeBinomial.logGamma(n + 1)).isCloseTo(StrictMath.log(factorial), within(1e-10));
        }
        assertThat(NegativeBinomial.logGamma(0.5)).isCloseTo(StrictMath.log(StrictMath.PI) / 2, within(1e-10));
        assertThat(NegativeBinomial.logGamma(1e-4)).isCloseTo(9.210282658633961, within(1e-9));
    }

    /** By summing the recurrence p(k+1) = p(k) q (k + r) / (k + 1), in units of p(y), whose logarithm is summed. */
    private static double exactLogTail(int y, double shape, double scale) {
        double q = scale / (1 + scale);
        double logFirst = -shape * StrictMath.log1p(scale);
        for (int k = 0; k < y; k++) {
            logFirst += StrictMath.log(q * (k + shape) / (k + 1));
        }
        double tail = 0;
        double term = 1;
        for (int k = y; term > tail * 1e-15; k++) {
            tail += term;
            term *= q * (k + shape) / (k + 1);
        }
        double some = -StrictMath.expm1(-shape * StrictMath.log1p(scale));
        return logFirst + StrictMath.log(tail) - StrictMath.log(some);
    }
}
