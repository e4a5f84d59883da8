package freshet.datasets.generator;

import java.util.List;

/** A pool of accounts per language, a power of two of them, made when asked for. */
final class Accounts {

    private static final int LEAST = 1 << 10;
    private static final int MOST = 1 << 22;

    /** Odd, so that multiples of it visit a whole pool. */
    private static final int STRIDE = 0x2545F;

    private final List<Language> languages;
    private final int[] pools;
    private final long start;

    Accounts(List<Language> languages, double postsPerMinute, long start) {
        this.languages = languages;
        this.start = start;
        this.pools = new int[languages.size()];
        for (int i = 0; i < pools.length; i++) {
            int wanted = (int) Math.min(MOST, postsPerMinute * languages.get(i).share() / 100 * 600);
            pools[i] = Math.max(LEAST, Integer.highestOneBit(Math.max(1, wanted)) * 2);
        }
    }

    Account of(Language language, int index) {
        int ordinal = languages.indexOf(language);
        return Account.of(language, ordinal, index, start);
    }

    /** Someone, the busy ones more often. */
    int anyone(Language language, Dice dice) {
        int pool = pools[languages.indexOf(language)];
        return (int) (pool * StrictMath.pow(dice.uniform(), 1.6));
    }

    /** The i-th of a sequence without repetition, as long as the pool. */
    int distinct(Language language, int offset, int i) {
        int pool = pools[languages.indexOf(language)];
        return (int) ((offset + (long) i * STRIDE) & (pool - 1));
    }

    int pool(Language language) {
        return pools[languages.indexOf(language)];
    }
}
