package freshet.ingest.pipeline;

import com.carrotsearch.hppc.LongObjectHashMap;

/**
 * Who wrote the latest posts, for delete notices that don't say: a retraction must stand under its author's key. Bounded
 * by number of posts, the oldest leave first; some 12 MB when full. Posts are known by a 64-bit hash of their ids: two
 * of 100,000 are taken for each other once in four billion runs, and then a retraction finds nothing to retract.
 */
final class RecentAuthors {

    static final int DEFAULT_CAPACITY = 100_000;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final LongObjectHashMap<String> authors;
    /** The posts in the order in which they came, each once. */
    private final long[] arrived;

    private int next;
    private boolean full;

    RecentAuthors(int capacity) {
        authors = new LongObjectHashMap<>(capacity);
        arrived = new long[capacity];
    }

    void wrote(String source, String author, String post) {
        long key = key(source, post);
        if (authors.put(key, author) != null) {
            return;
        }
        if (full) {
            authors.remove(arrived[next]);
        }
        arrived[next] = key;
        next = (next + 1) % arrived.length;
        full |= next == 0;
    }

    /** The author's id, or null where the post is too old or was never seen. */
    String of(String source, String post) {
        return authors.get(key(source, post));
    }

    private static long key(String source, String post) {
        return hash(hash(source.length(), source), post);
    }

    private static long hash(long seed, String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash + text.charAt(i) + 1) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return hash;
    }
}
