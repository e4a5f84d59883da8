package freshet.ingest.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who wrote the latest posts, for delete notices that don't say: a retraction must stand under its author's key. Bounded
 * by number of posts, the oldest leave first; some 20 MB when full.
 */
final class RecentAuthors {

    static final int DEFAULT_CAPACITY = 100_000;

    private final Map<String, String> authors;

    RecentAuthors(int capacity) {
        authors = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > capacity;
            }
        };
    }

    void wrote(String source, String author, String post) {
        authors.put(source + ':' + post, author);
    }

    /** The author's id, or null where the post is too old or was never seen. */
    String of(String source, String post) {
        return authors.get(source + ':' + post);
    }
}
