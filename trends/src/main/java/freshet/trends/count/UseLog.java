package freshet.trends.count;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The uses of the closed stretch of time that some window still holds, in order of (time, source partition, offset): one
 * log for all windows, each of which is a pair of positions in it. Rows of one tag are linked backwards, so that a
 * candidate is described without looking at other tags' rows.
 *
 * <p>Columns in chunks of {@value #CHUNK} rows; a row takes about 60 bytes besides its details. A chunk goes when no
 * window reaches back to it.
 */
final class UseLog {

    private static final int SHIFT = 12;
    private static final int CHUNK = 1 << SHIFT;
    private static final int MASK = CHUNK - 1;

    private final TagTable tags;
    private final List<Chunk> chunks = new ArrayList<>();
    private final ArrayDeque<Chunk> spare = new ArrayDeque<>();
    private long base;
    private long start;
    private long end;

    UseLog(TagTable tags) {
        this.tags = tags;
    }

    /** Position of the oldest row. */
    long start() {
        return start;
    }

    /** Position after the newest row. */
    long end() {
        return end;
    }

    /** Appends a row; the tag's reference passes to the log. */
    void append(long time, int source, long offset, int tag, long author, byte[] detail, boolean retracted) {
        int index = (int) (end - base);
        if (index >> SHIFT == chunks.size()) {
            Chunk recycled = spare.poll();
            chunks.add(recycled != null ? recycled : new Chunk());
        }
        Chunk chunk = chunks.get(index >> SHIFT);
        int row = index & MASK;
        chunk.time[row] = time;
        chunk.source[row] = source;
        chunk.offset[row] = offset;
        chunk.tag[row] = tag;
        chunk.author[row] = author;
        chunk.detail[row] = detail;
        chunk.retracted[row] = retracted;
        chunk.previous[row] = tags.lastRow(tag);
        tags.lastRow(tag, end);
        end++;
    }

    /** Lets go of the rows before a position. */
    void trim(long position) {
        for (; start < position; start++) {
            int tag = tag(start);
            if (tags.lastRow(tag) == start) {
                tags.lastRow(tag, TagTable.NO_ROW);
            }
            tags.release(tag);
            chunk(start).detail[(int) (start - base) & MASK] = null;
            if (((start - base) & MASK) == MASK) {
                // The next row begins a chunk: the first one is free.
                Chunk freed = chunks.remove(0);
                base += CHUNK;
                if (spare.isEmpty()) {
                    spare.add(freed);
                }
            }
        }
    }

    /** Position of the first row that is not before a time. */
    long firstAt(long time) {
        long low = start;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (time(middle) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Position of a use, or {@link TagTable#NO_ROW}. */
    long find(long time, int source, long offset, int tag) {
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
        for (; low < end && time(low) == time && source(low) == source && offset(low) == offset; low++) {
            if (tag(low) == tag) {
                return low;
            }
        }
        return TagTable.NO_ROW;
    }

    private boolean before(long position, long time, int source, long offset) {
        if (time(position) != time) {
            return time(position) < time;
        }
        return source(position) != source ? source(position) < source : offset(position) < offset;
    }

    long time(long position) {
        return chunk(position).time[(int) (position - base) & MASK];
    }

    int source(long position) {
        return chunk(position).source[(int) (position - base) & MASK];
    }

    long offset(long position) {
        return chunk(position).offset[(int) (position - base) & MASK];
    }

    int tag(long position) {
        return chunk(position).tag[(int) (position - base) & MASK];
    }

    long author(long position) {
        return chunk(position).author[(int) (position - base) & MASK];
    }

    byte[] detail(long position) {
        return chunk(position).detail[(int) (position - base) & MASK];
    }

    /** The row before of the same tag; before {@link #start} there is none. */
    long previous(long position) {
        return chunk(position).previous[(int) (position - base) & MASK];
    }

    boolean retracted(long position) {
        return chunk(position).retracted[(int) (position - base) & MASK];
    }

    void retract(long position) {
        chunk(position).retracted[(int) (position - base) & MASK] = true;
    }

    private Chunk chunk(long position) {
        return chunks.get((int) (position - base) >> SHIFT);
    }

    private static final class Chunk {
        final long[] time = new long[CHUNK];
        final int[] source = new int[CHUNK];
        final long[] offset = new long[CHUNK];
        final int[] tag = new int[CHUNK];
        final long[] author = new long[CHUNK];
        final long[] previous = new long[CHUNK];
        final byte[][] detail = new byte[CHUNK][];
        final boolean[] retracted = new boolean[CHUNK];
    }
}
