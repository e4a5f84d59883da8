package freshet.trends.count;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Rows by position, in order of (time, source partition, offset): columns in chunks of {@value #CHUNK} rows, about 80 bytes
 * a row besides its details. A row that is dropped from the middle leaves a hole, which keeps its place in the order and
 * nothing else.
 */
class UseRows {

    /** No row comes after. */
    static final long NONE_AFTER = Long.MAX_VALUE;

    /** Of a row whose post is no longer to be shown. */
    static final byte[] NO_DETAIL = new byte[0];

    private static final int HOLE = -1;
    private static final int SHIFT = 12;
    private static final int CHUNK = 1 << SHIFT;
    private static final int MASK = CHUNK - 1;

    private Chunk[] chunks = new Chunk[16];
    private int chunkCount;
    private final ArrayDeque<Chunk> spare = new ArrayDeque<>();
    private long base;
    private long start;
    private long end;
    private long holes;

    /** Position of the oldest row. */
    final long start() {
        return start;
    }

    /** Position after the newest row. */
    final long end() {
        return end;
    }

    /** How many rows there are. */
    final long size() {
        return end - start - holes;
    }

    final long holes() {
        return holes;
    }

    /** Adds a row at the end, linked to one before of its tag. */
    final void add(long time, int source, long offset, int tag, long author, byte[] detail, int live, long previous) {
        int index = (int) (end - base);
        if (index >> SHIFT == chunkCount) {
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunkCount * 2);
            }
            Chunk recycled = spare.poll();
            chunks[chunkCount++] = recycled != null ? recycled : new Chunk();
        }
        Chunk chunk = chunks[index >> SHIFT];
        int row = index & MASK;
        chunk.time[row] = time;
        chunk.source[row] = source;
        chunk.offset[row] = offset;
        chunk.tag[row] = tag;
        chunk.author[row] = author;
        chunk.detail[row] = detail;
        chunk.live[row] = live;
        chunk.previous[row] = previous;
        chunk.pairBefore[row] = TagTable.NO_ROW;
        chunk.pairAfter[row] = NONE_AFTER;
        end++;
    }

    final void removeFirst() {
        if (hole(start)) {
            holes--;
        }
        chunk(start).detail[index(start)] = null;
        if (index(start) == MASK) {
            // The next row begins a chunk: the first one is free.
            Chunk freed = chunks[0];
            System.arraycopy(chunks, 1, chunks, 0, --chunkCount);
            chunks[chunkCount] = null;
            base += CHUNK;
            if (spare.isEmpty()) {
                spare.add(freed);
            }
        }
        start++;
    }

    final void removeLast() {
        end--;
        chunk(end).detail[index(end)] = null;
    }

    final void makeHole(long position) {
        Chunk chunk = chunk(position);
        chunk.live[index(position)] = HOLE;
        chunk.detail[index(position)] = null;
        holes++;
    }

    /** Begins to write the rows anew from {@link #start()} on, never faster than they are read; returns where they end. */
    final long rewind() {
        long last = end;
        end = start;
        holes = 0;
        return last;
    }

    /** Ends what {@link #rewind} began. */
    final void cutOff(long last) {
        for (long position = end; position < last; position++) {
            chunk(position).detail[index(position)] = null;
        }
        int needed = end == base ? 0 : ((int) (end - 1 - base) >> SHIFT) + 1;
        Arrays.fill(chunks, needed, chunkCount, null);
        chunkCount = needed;
    }

    /** Position of the first row that is not before a time. */
    final long firstAt(long time) {
        return firstAt(time, 0, 0);
    }

    /** Position of the first use that is not before another in the order. */
    final long firstAt(long time, int source, long offset) {
        long low = start;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (before(middle, time, source, offset)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean before(long position, long time, int source, long offset) {
        if (time(position) != time) {
            return time(position) < time;
        }
        return source(position) != source ? source(position) < source : offset(position) < offset;
    }

    /** The first position from one on that is no hole, or {@link #end()}. */
    final long skipHoles(long from) {
        long position = from;
        while (position < end && hole(position)) {
            position++;
        }
        return position;
    }

    final boolean hole(long position) {
        return live(position) == HOLE;
    }

    final long time(long position) {
        return chunk(position).time[index(position)];
    }

    final int source(long position) {
        return chunk(position).source[index(position)];
    }

    final long offset(long position) {
        return chunk(position).offset[index(position)];
    }

    /** Number of its tag, or of its tag's lane ({@link HeavyTag}). */
    final int tag(long position) {
        return chunk(position).tag[index(position)];
    }

    final void tag(long position, int tag) {
        chunk(position).tag[index(position)] = tag;
    }

    final long author(long position) {
        return chunk(position).author[index(position)];
    }

    /** {@link UseDetail}, packed; {@link #NO_DETAIL} where the row's own post is retracted. */
    final byte[] packedDetail(long position) {
        return chunk(position).detail[index(position)];
    }

    final void packedDetail(long position, byte[] detail) {
        chunk(position).detail[index(position)] = detail;
    }

    /** Whether the row's own post may be shown: it is not retracted. */
    final boolean shown(long position) {
        return live(position) > 0 && packedDetail(position) != NO_DETAIL;
    }

    /** How many uses it stands for that are not retracted. */
    final int live(long position) {
        return chunk(position).live[index(position)];
    }

    final void live(long position, int uses) {
        chunk(position).live[index(position)] = uses;
    }

    /** The row before of the same tag, or of the same lane; before {@link #start} there is none. */
    final long previous(long position) {
        return chunk(position).previous[index(position)];
    }

    final void previous(long position, long previous) {
        chunk(position).previous[index(position)] = previous;
    }

    /** The live row before of the same tag by the same author; before {@link #start} there is none. */
    final long pairBefore(long position) {
        return chunk(position).pairBefore[index(position)];
    }

    final void pairBefore(long position, long before) {
        chunk(position).pairBefore[index(position)] = before;
    }

    /** The live row after of the same tag by the same author, or {@link #NONE_AFTER}. */
    final long pairAfter(long position) {
        return chunk(position).pairAfter[index(position)];
    }

    final void pairAfter(long position, long after) {
        chunk(position).pairAfter[index(position)] = after;
    }

    private Chunk chunk(long position) {
        return chunks[(int) (position - base) >> SHIFT];
    }

    private int index(long position) {
        return (int) (position - base) & MASK;
    }

    private static final class Chunk {
        final long[] time = new long[CHUNK];
        final int[] source = new int[CHUNK];
        final long[] offset = new long[CHUNK];
        final int[] tag = new int[CHUNK];
        final long[] author = new long[CHUNK];
        final long[] previous = new long[CHUNK];
        final long[] pairBefore = new long[CHUNK];
        final long[] pairAfter = new long[CHUNK];
        final byte[][] detail = new byte[CHUNK][];
        final int[] live = new int[CHUNK];
    }
}
