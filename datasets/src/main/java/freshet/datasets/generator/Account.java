package freshet.datasets.generator;

/**
 * Who posts.
 *
 * @param id the source's id
 * @param handle ASCII name, without the at sign
 * @param name as shown
 * @param createdAt when the account was made, milliseconds
 */
record Account(long id, String handle, String name, long followers, long createdAt) {

    private static final long DAY_MS = 86_400_000;
    private static final long ID_STEP = 61;
    private static final int LANGUAGES = 16;
    private static final long FIRST_ID = 1_000_000;
    private static final long FIRST_FRESH_ID = 1_700_000_000_000_000_000L;
    private static final String[] SYLLABLES = {
        "ka", "lo", "mi", "ra", "ne", "to", "su", "vi", "da", "be", "jo", "pa", "li", "mo", "ze", "an"
    };

    /** The account of an index in a language's pool: a function of both, so that none needs to be kept. */
    static Account of(Language language, int ordinal, int index, long start) {
        long hash = Dice.mix(index * 31L + ordinal * 0x9E3779B97F4A7C15L + 1);
        long id = FIRST_ID + ((long) index * LANGUAGES + ordinal) * ID_STEP;
        StringBuilder handle = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            handle.append(SYLLABLES[(int) (hash >>> (4 * i)) & 15]);
        }
        handle.append(index % 97);
        String name = language.names()
                .get((int) Math.floorMod(hash >>> 20, language.names().size()));
        long followers = (long) StrictMath.exp((hash >>> 32 & 63) / 6.0);
        long ageDays = 64 * (1 + (hash >>> 40 & 63));
        return new Account(id, handle.toString(), name, followers, start / DAY_MS * DAY_MS - ageDays * DAY_MS);
    }

    /** One of many accounts made for a campaign, days before. */
    static Account fresh(int campaign, int index, long start) {
        long id = FIRST_FRESH_ID + campaign * 1_000_000_000L + index * 4_099L;
        return new Account(
                id,
                "user" + (4_000_000 + campaign * 10_000 + index),
                "user",
                index % 7,
                start - (2 + index % 5) * DAY_MS);
    }
}
