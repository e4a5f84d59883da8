package freshet.trends.extract;

import com.carrotsearch.hppc.LongArrayList;
import com.carrotsearch.hppc.LongLongHashMap;
import freshet.trends.contract.Compact;
import freshet.trends.contract.Hash64;
import java.util.Arrays;

/**
 * The posts of the last stretch of event time in one partition: who has been here (for duplicates), and what was handed
 * over of whom (for retractions). A ring in order of offset with two chains through it, by post and by author, newest
 * first. Every occurrence of a post is remembered, counted or not.
 *
 * <p>Bounded by time: whatever came before the clock's last {@code horizon} falls out. About 100 bytes a post and what
 * its id and tags take.
 */
final class RecentPosts {

    private static final long NONE = -1;

    private static final byte COUNTED = 1;
    private static final byte UNCOUNTED = 2;
    private static final byte RETRACTED = 3;

    private final long horizon;
    private final LongLongHashMap newestByPost = new LongLongHashMap();
    private final LongLongHashMap newestByAuthor = new LongLongHashMap();

    // Columns of the ring; an entry's number grows forever and its slot is the number modulo the capacity.
    private long[] clocks = new long[1024];
    private long[] posts = new long[1024];
    private long[] authors = new long[1024];
    private long[] earlierOfPost = new long[1024];
    private long[] earlierOfAuthor = new long[1024];
    private byte[] states = new byte[1024];
    private byte[][] contents = new byte[1024][];
    private long first;
    private long next;

    /** @param horizon how long a post is remembered, event time in milliseconds */
    RecentPosts(long horizon) {
        this.horizon = horizon;
    }

    /** Whether a post has occurred since the clock stood at {@code since}. */
    boolean seen(String source, String postId, long since) {
        long n = newestByPost.getOrDefault(key(source, postId), NONE);
        return alive(n, since) && !occurrences(source, postId, since).isEmpty();
    }

    /** The occurrences of a post since the clock stood at {@code since}, newest first. */
    LongArrayList occurrences(String source, String postId, long since) {
        Compact.Writer identity = new Compact.Writer(64);
        ExtractedPost.identity(identity, source, postId);
        byte[] wanted = identity.toBytes();
        LongArrayList found = new LongArrayList();
        long n = newestByPost.getOrDefault(key(source, postId), NONE);
        for (; alive(n, since); n = earlierOfPost[slot(n)]) {
            byte[] content = contents[slot(n)];
            // The chain is by hash; who it is, the bytes say.
            if (content.length >= wanted.length && Arrays.equals(content, 0, wanted.length, wanted, 0, wanted.length)) {
                found.add(n);
            }
        }
        return found;
    }

    /** The posts of an author since the clock stood at {@code since}, newest first. */
    LongArrayList byAuthor(long author, long since) {
        LongArrayList found = new LongArrayList();
        long n = newestByAuthor.getOrDefault(author, NONE);
        for (; alive(n, since); n = earlierOfAuthor[slot(n)]) {
            found.add(n);
        }
        return found;
    }

    /** Whether rows of this occurrence were handed over and not taken back. */
    boolean counted(long n) {
        return states[slot(n)] == COUNTED;
    }

    ExtractedPost post(long n) {
        return ExtractedPost.fromBytes(contents[slot(n)]);
    }

    int bytes(long n) {
        return contents[slot(n)].length;
    }

    void retract(long n) {
        states[slot(n)] = RETRACTED;
    }

    /**
     * Remembers an occurrence.
     *
     * @param clock newest event time of the partition, this post's included
     * @param content the post's bytes, or for one that doesn't count its identity's
     */
    void add(ExtractedPost post, long clock, boolean counted, byte[] content) {
        if (next - first == clocks.length) {
            grow();
        }
        int slot = slot(next);
        long key = key(post.source(), post.postId());
        long author = post.author();
        clocks[slot] = clock;
        posts[slot] = key;
        authors[slot] = author;
        earlierOfPost[slot] = newestByPost.getOrDefault(key, NONE);
        earlierOfAuthor[slot] = newestByAuthor.getOrDefault(author, NONE);
        newestByPost.put(key, next);
        newestByAuthor.put(author, next);
        states[slot] = counted ? COUNTED : UNCOUNTED;
        contents[slot] = content;
        next++;
        forget(clock);
    }

    int size() {
        return (int) (next - first);
    }

    private boolean alive(long n, long since) {
        return n >= first && clocks[slot(n)] >= since;
    }

    private void forget(long clock) {
        while (first < next && clock - clocks[slot(first)] > horizon) {
            int slot = slot(first);
            if (newestByPost.get(posts[slot]) == first) {
                newestByPost.remove(posts[slot]);
            }
            if (newestByAuthor.get(authors[slot]) == first) {
                newestByAuthor.remove(authors[slot]);
            }
            contents[slot] = null;
            first++;
        }
    }

    private void grow() {
        int old = clocks.length;
        clocks = moved(clocks, old);
        posts = moved(posts, old);
        authors = moved(authors, old);
        earlierOfPost = moved(earlierOfPost, old);
        earlierOfAuthor = moved(earlierOfAuthor, old);
        byte[] grownStates = new byte[2 * old];
        byte[][] grownContents = new byte[2 * old][];
        for (long n = first; n < next; n++) {
            int from = (int) (n & (old - 1));
            int to = (int) (n & (2 * old - 1));
            grownStates[to] = states[from];
            grownContents[to] = contents[from];
        }
        states = grownStates;
        contents = grownContents;
    }

    private long[] moved(long[] column, int old) {
        long[] grown = new long[2 * old];
        for (long n = first; n < next; n++) {
            grown[(int) (n & (2 * old - 1))] = column[(int) (n & (old - 1))];
        }
        return grown;
    }

    private int slot(long n) {
        return (int) (n & (clocks.length - 1));
    }

    private static long key(String source, String postId) {
        return Hash64.mix(Hash64.of(source) * 31 + Hash64.of(postId));
    }
}
