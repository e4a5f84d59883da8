package freshet.trends.score;

/**
 * The negative binomial distribution with shape {@code r} and scale {@code s}: mean {@code r s}, variance
 * {@code r s (1 + s)}. Small shapes approach the logarithmic series.
 */
final class NegativeBinomial {

    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * StrictMath.PI);

    private NegativeBinomial() {}

    /**
     * An upper bound of {@code ln P(Y >= y | Y >= 1)}, at most 0, for {@code y >= 1}. The tail is bounded by the
     * geometric series that its first term and its greatest ratio give: tight to a few per cent far out, where it
     * matters, and never too surprised.
     */
    static double logTail(int y, double shape, double scale) {
        double q = scale / (1 + scale);
        double ratio = Math.max(q, q * (y + shape) / (y + 1));
        if (ratio >= 1) {
            return 0;
        }
        double logNone = -shape * StrictMath.log1p(scale);
        double logTerm =
                logGamma(y + shape) - logGamma(shape) - logGamma(y + 1.0) + logNone - y * StrictMath.log1p(1 / scale);
        double logSome = StrictMath.log(-StrictMath.expm1(logNone));
        return Math.min(0, logTerm - StrictMath.log1p(-ratio) - logSome);
    }

    /** ln Γ(x) for x > 0 by Stirling's series after a shift beyond 8 (error below 1e-11). */
    static double logGamma(double x) {
        double product = 1;
        double z = x;
        while (z < 8) {
            product *= z;
            z += 1;
        }
        double inverse = 1 / z;
        double square = inverse * inverse;
        double series = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
        double log = (z - 0.5) * StrictMath.log(z) - z + HALF_LOG_TWO_PI + series;
        return product == 1 ? log : log - StrictMath.log(product);
    }
}
