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

    @Property(tries = 300)
    void leavesOneInTwentyOnEitherSide(
            @ForAll @DoubleRange(min = 0.01, max = 120) double shape,
            @ForAll @DoubleRange(min = 0.01, max = 60) double scale) {
        long high = NegativeBinomial.high(shape, scale);
        long low = NegativeBinomial.low(shape, scale);
        double some = -StrictMath.expm1(-shape * StrictMath.log1p(scale));

        assertThat(beyond(high, shape, scale) / some).as("above high").isLessThan(0.055);
        if (high > 1) {
            assertThat(beyond(high - 1, shape, scale) / some)
                    .as("if high were less")
                    .isGreaterThan(0.045);
        }
        assertThat(1 - beyond(low - 1, shape, scale)).as("below low").isLessThan(0.055);
        assertThat(1 - beyond(low, shape, scale)).as("if low were more").isGreaterThan(0.045);
    }

    @Test
    void expectsOfARareTagThatItIsOneWhereItAppearsAtAll() {
        assertThat(NegativeBinomial.high(0.001, 0.1)).isEqualTo(1);
        assertThat(NegativeBinomial.low(0.001, 0.1)).isZero();
        assertThat(NegativeBinomial.high(0, 0.5)).as("of nothing at all").isEqualTo(1);
    }

    @Test
    void findsQuantilesOfTheGreatestCountsAtOnce() {
        assertThat(NegativeBinomial.high(1e6, 100)).isBetween(100_160_000L, 100_170_000L);
        assertThat(NegativeBinomial.low(1e6, 100)).isBetween(99_830_000L, 99_840_000L);
    }

    /** P(Y > y). */
    private static double beyond(long y, double shape, double scale) {
        if (y < 0) {
            return 1;
        }
        double q = scale / (1 + scale);
        double log = -shape * StrictMath.log1p(scale);
        double below = StrictMath.exp(log);
        for (long k = 0; k < y; k++) {
            log += StrictMath.log(q * (k + shape) / (k + 1));
            below += StrictMath.exp(log);
        }
        return 1 - below;
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
