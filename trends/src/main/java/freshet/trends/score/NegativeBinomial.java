package freshet.trends.score;

/**
 * The negative binomial distribution with shape {@code r} and scale {@code s}: mean {@code r s}, variance
 * {@code r s (1 + s)}. Small shapes approach the logarithmic series.
 */
final class NegativeBinomial {

    private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * StrictMath.PI);

    private static final double UNUSUAL = 0.05;
    /** Of the normal distribution, beyond which {@value #UNUSUAL} of it lies. */
    private static final double DEVIATIONS = 1.6448536269514722;

    private static final double HARDLY_SKEWED = 0.3;
    /** A term that no longer changes the sum. */
    private static final double LOST = 1e-17;

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

    /** The least {@code h >= 1} with {@code P(Y > h | Y >= 1)} of at most {@value #UNUSUAL}. */
    static long high(double shape, double scale) {
        double logNone = -shape * StrictMath.log1p(scale);
        double some = -StrictMath.expm1(logNone);
        return Math.max(1, quantile(StrictMath.exp(logNone) + some * (1 - UNUSUAL), DEVIATIONS, shape, scale));
    }

    /** The greatest {@code l} with {@code P(Y < l)} of at most {@value #UNUSUAL}. */
    static long low(double shape, double scale) {
        return quantile(UNUSUAL, -DEVIATIONS, shape, scale);
    }

    /**
     * The least {@code k} with {@code P(Y <= k) >= part}: by summing from 0 on. Where the distribution is hardly skewed
     * any more, and the terms would be many, from the normal one's {@code deviations} and the first correction of Cornish
     * and Fisher (1937).
     */
    private static long quantile(double part, double deviations, double shape, double scale) {
        double mean = shape * scale;
        double variance = mean * (1 + scale);
        double skewness = (1 + 2 * scale) / StrictMath.sqrt(variance);
        if (skewness < HARDLY_SKEWED) {
            double shift = deviations + skewness / 6 * (deviations * deviations - 1);
            return Math.max(0, (long) StrictMath.ceil(mean + StrictMath.sqrt(variance) * shift - 0.5));
        }
        double q = scale / (1 + scale);
        double term = StrictMath.exp(-shape * StrictMath.log1p(scale));
        double sum = term;
        long k = 0;
        while (sum < part && term > sum * LOST) {
            term *= q * (k + shape) / (k + 1);
            sum += term;
            k++;
        }
        return k;
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
