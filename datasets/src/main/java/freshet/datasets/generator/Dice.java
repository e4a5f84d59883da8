package freshet.datasets.generator;

import java.util.List;

/**
 * Random numbers that are the same everywhere: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) with {@code StrictMath}
 * alone. {@link #fork} gives every part of a recording its own sequence, so that a change in one leaves the others.
 */
final class Dice {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        this.state = seed;
    }

    /** A sequence of its own for a part of that name. */
    Dice fork(String name) {
        long hash = state;
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash * 31 + name.charAt(i));
        }
        return new Dice(hash);
    }

    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 to below 1. */
    double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** From 0 to below {@code bound}. */
    int below(int bound) {
        return (int) ((next() >>> 33) * bound >>> 31);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    <T> T pick(List<T> list) {
        return list.get(below(list.size()));
    }

    double exponential(double mean) {
        return -mean * StrictMath.log(1 - uniform());
    }

    /** Evenly distributed in its logarithm, from {@code low} to {@code high}. */
    double logUniform(double low, double high) {
        return low * StrictMath.exp(uniform() * StrictMath.log(high / low));
    }

    int poisson(double mean) {
        if (mean > 500) {
            double gaussian =
                    StrictMath.sqrt(-2 * StrictMath.log(1 - uniform())) * StrictMath.cos(2 * StrictMath.PI * uniform());
            return (int) Math.max(0, StrictMath.round(mean + gaussian * StrictMath.sqrt(mean)));
        }
        double sum = exponential(1);
        int count = 0;
        while (sum < mean) {
            sum += exponential(1);
            count++;
        }
        return count;
    }
}
