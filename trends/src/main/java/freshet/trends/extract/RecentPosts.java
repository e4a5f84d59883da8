package freshet.trends.extract;

import com.carrotsearch.hppc.LongArrayList;
import com.carrotsearch.hppc.LongLongHashMap;
import freshet.trends.contract.Compact;
import freshet.trends.contract.Hash64;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The posts of the last stretch of event time in one partition: who has been here (for duplicates), and what was handed
 * over of whom (for retractions). A ring in order of offset with two chains through it, by post and by author, newest
 * first. Every occurrence of a post is remembered, counted or not.
 *
 * <p>What is known of a post stands in a {@link PostBlock}, to which an entry of the ring points: {@link #seal} gives
 * the bytes of all that came since the last one, and {@link #restore} takes them back.
 *
 * <p>Bounded by time: whatever came before the clock's last {@code horizon} falls out. About 130 bytes a post and what
 * its id and tags take.
 */
final class RecentPosts {

    /** Numbers of entries begin at 1, so that a map's 0 means none. */
    private static final long NONE = 0;

    private static final byte COUNTED = 1;
    private static final byte UNCOUNTED = 2;
    private static final byte RETRACTED = 3;

    private final long horizon;
    private final LongLongHashMap newestByPost = new LongLongHashMap();
    private final LongLongHashMap newestByAuthor = new LongLongHashMap();
    private final Compact.Writer scratch = new Compact.Writer(512);

    // Columns of the ring; an entry's number grows forever and its slot is the number modulo the capacity.
    private long[] clocks = new long[1024];
    private long[] posts = new long[1024];
    private long[] authors = new long[1024];
    private int[] backToSamePost = new int[1024];
    private int[] backToSameAuthor = new int[1024];
    private byte[] states = new byte[1024];
    private byte[][] blocks = new byte[1024][];
    private int[] places = new int[1024];
    private long first = 1;
    private long next = 1;

    private PostBlock.Open open;
    private long openFirst;
    private final Consumer<PostBlock> sealed;

    /**
     * Remembers nothing yet; {@link #begin} comes first.
     *
     * @param horizon how long a post is remembered, event time in milliseconds
     * @param sealed given each block when it is full or asked for
     */
    RecentPosts(long horizon, Consumer<PostBlock> sealed) {
        this.horizon = horizon;
        this.sealed = sealed;
    }

    /**
     * What comes next stands at this offset or behind it.
     *
     * @param clock newest event time before it; {@link Long#MIN_VALUE} for none
     */
    void begin(long offset, long clock) {
        open = new PostBlock.Open(offset, clock);
        openFirst = next;
    }

    /** Whether a post has occurred since the clock stood at {@code since}. */
    boolean seen(String source, String postId, long since) {
        long n = newestByPost.get(key(source, postId));
        return alive(n, since) && !occurrences(source, postId, since).isEmpty();
    }

    /** The occurrences of a post since the clock stood at {@code since}, newest first. */
    LongArrayList occurrences(String source, String postId, long since) {
        Compact.Writer identity = new Compact.Writer(64);
        ExtractedPost.identity(identity, source, postId);
        byte[] wanted = identity.toBytes();
        LongArrayList found = new LongArrayList();
        long n = newestByPost.get(key(source, postId));
        for (; alive(n, since); n = earlier(backToSamePost, n)) {
            byte[] block = blocks[slot(n)];
            int from = places[slot(n)];
            int to = from + wanted.length;
            // The chain is by hash; who it is, the bytes say.
            if (to <= block.length && Arrays.equals(block, from, to, wanted, 0, wanted.length)) {
                found.add(n);
            }
        }
        return found;
    }

    /** The posts of an author since the clock stood at {@code since}, newest first. */
    LongArrayList byAuthor(long author, long since) {
        LongArrayList found = new LongArrayList();
        long n = newestByAuthor.get(author);
        for (; alive(n, since); n = earlier(backToSameAuthor, n)) {
            found.add(n);
        }
        return found;
    }

    /** Whether rows of this occurrence were handed over and not taken back. */
    boolean counted(long n) {
        return states[slot(n)] == COUNTED;
    }

    ExtractedPost post(long n) {
        int slot = slot(n);
        return ExtractedPost.read(blocks[slot], places[slot], authors[slot]);
    }

    /** Takes back what was handed over of these occurrences, by the record at {@code offset}. */
    void retract(LongArrayList occurrences, long offset, long clock) {
        // All in one block: it ends behind the record then, or before it.
        room(occurrences.size() * PostBlock.RETRACTION_BYTES_MAX, offset, clock);
        for (int i = 0; i < occurrences.size(); i++) {
            long n = occurrences.get(i);
            states[slot(n)] = RETRACTED;
            open.retraction(offset, clock, next - n);
        }
    }

    /**
     * Remembers an occurrence.
     *
     * @param before newest event time of the partition before this post
     * @param clock the same, this post's included
     */
    void add(ExtractedPost post, long before, long clock, boolean counted) {
        scratch.clear();
        if (counted) {
            post.write(scratch);
        } else {
            ExtractedPost.identity(scratch, post.source(), post.postId());
        }
        room(scratch.size(), post.offset(), before);
        long key = key(post.source(), post.postId());
        int at = open.post(post.offset(), clock, counted, key, post.author(), scratch);
        remember(clock, counted, key, post.author(), open.bytes(), at);
    }

    private void remember(long clock, boolean counted, long key, long author, byte[] block, int at) {
        if (next - first == clocks.length) {
            grow();
        }
        int slot = slot(next);
        clocks[slot] = clock;
        posts[slot] = key;
        authors[slot] = author;
        backToSamePost[slot] = back(newestByPost.put(key, next));
        backToSameAuthor[slot] = back(newestByAuthor.put(author, next));
        states[slot] = counted ? COUNTED : UNCOUNTED;
        blocks[slot] = block;
        places[slot] = at;
        next++;
        forget(clock);
    }

    private int back(long earlier) {
        return earlier == NONE ? 0 : (int) (next - earlier);
    }

    private long earlier(int[] back, long n) {
        int distance = back[slot(n)];
        return distance == 0 ? NONE : n - distance;
    }

    /** Makes room for an entry at {@code offset}, before which the clock stood at {@code clock}. */
    private void room(int contentBytes, long offset, long clock) {
        if (!open.fits(contentBytes)) {
            seal(offset, clock);
            open.fits(contentBytes);
        }
    }

    /**
     * Hands over a block of all that came since the last one.
     *
     * @param to the offset before which it came
     * @param clock newest event time before that
     */
    void seal(long to, long clock) {
        PostBlock block = open.seal(to, clock);
        for (long n = Math.max(first, openFirst); n < next; n++) {
            blocks[slot(n)] = block.bytes();
        }
        begin(to, clock);
        sealed.accept(block);
    }

    /** Takes back what a block holds from an offset on. */
    void restore(PostBlock block, long from) {
        block.forEach(new PostBlock.Entries() {
            @Override
            public void post(long offset, long clock, boolean counted, long key, long author, byte[] bytes, int at) {
                if (offset >= from) {
                    remember(clock, counted, key, author, bytes, at);
                }
            }

            @Override
            public void retraction(long offset, long back) {
                if (offset >= from && next - back >= first) {
                    states[slot(next - back)] = RETRACTED;
                }
            }
        });
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
            blocks[slot] = null;
            first++;
        }
    }

    private void grow() {
        int old = clocks.length;
        long[][] longs = {new long[2 * old], new long[2 * old], new long[2 * old]};
        int[][] ints = {new int[2 * old], new int[2 * old], new int[2 * old]};
        byte[] grownStates = new byte[2 * old];
        byte[][] grownBlocks = new byte[2 * old][];
        for (long n = first; n < next; n++) {
            int from = (int) (n & (old - 1));
            int to = (int) (n & (2 * old - 1));
            longs[0][to] = clocks[from];
            longs[1][to] = posts[from];
            longs[2][to] = authors[from];
            ints[0][to] = backToSamePost[from];
            ints[1][to] = backToSameAuthor[from];
            ints[2][to] = places[from];
            grownStates[to] = states[from];
            grownBlocks[to] = blocks[from];
        }
        clocks = longs[0];
        posts = longs[1];
        authors = longs[2];
        backToSamePost = ints[0];
        backToSameAuthor = ints[1];
        places = ints[2];
        states = grownStates;
        blocks = grownBlocks;
    }

    private int slot(long n) {
        return (int) (n & (clocks.length - 1));
    }

    private static long key(String source, String postId) {
        return Hash64.mix(Hash64.of(source) * 31 + Hash64.of(postId));
    }
}
