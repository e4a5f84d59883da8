package freshet.trends.count;

import com.carrotsearch.hppc.LongLongHashMap;
import com.carrotsearch.hppc.LongObjectHashMap;
import freshet.trends.contract.Hash64;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The uses of the closed stretch of time that some window still holds, in order of (time, source partition, offset): one
 * log for all windows, each of which is a pair of positions in it. Rows of one tag are linked backwards, so that a
 * candidate is described without looking at other tags' rows. Live rows of one tag by one author are linked both ways:
 * a window sees from the link whether it holds another use of the pair, so that all windows together need one look-up in
 * a map per use and not one each. Pairs stand in it by a 64-bit hash; among ten million two collide with a chance of 3 in
 * a million.
 *
 * <p>Columns in chunks of {@value #CHUNK} rows; a row takes about 80 bytes besides its details, and its pair 20 to 40. A
 * chunk goes when no window reaches back to it.
 */
final class UseLog {

    /** No row comes after. */
    static final long NONE_AFTER = Long.MAX_VALUE;

    private static final int UNPACKED_MAX = 8_192;
    private static final int SHIFT = 12;
    private static final int CHUNK = 1 << SHIFT;
    private static final int MASK = CHUNK - 1;
    private static final long TAG_FACTOR = 0x9e3779b97f4a7c15L;

    private final TagTable tags;
    private final LongLongHashMap lastOfPair = new LongLongHashMap();
    private final LongObjectHashMap<UseDetail> unpacked = new LongObjectHashMap<>();
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
        chunk.pairBefore[row] = TagTable.NO_ROW;
        chunk.pairAfter[row] = NONE_AFTER;
        if (!retracted) {
            link(chunk, row, pair(tag, author));
        }
        tags.lastRow(tag, end);
        end++;
    }

    private void link(Chunk chunk, int row, long pair) {
        int slot = lastOfPair.indexOf(pair);
        if (lastOfPair.indexExists(slot)) {
            long before = lastOfPair.indexReplace(slot, end);
            chunk.pairBefore[row] = before;
            chunk(before).pairAfter[(int) (before - base) & MASK] = end;
        } else {
            lastOfPair.indexInsert(slot, pair, end);
        }
    }

    /** Takes a live row out of the links of its pair. */
    private void unlink(long position) {
        long before = pairBefore(position);
        long after = pairAfter(position);
        if (before >= start) {
            chunk(before).pairAfter[(int) (before - base) & MASK] = after;
        }
        if (after != NONE_AFTER) {
            chunk(after).pairBefore[(int) (after - base) & MASK] = before;
        } else if (before >= start) {
            lastOfPair.put(pair(tag(position), author(position)), before);
        } else {
            lastOfPair.remove(pair(tag(position), author(position)));
        }
    }

    private long pair(int tag, long author) {
        return Hash64.mix(author ^ tags.hash(tag) * TAG_FACTOR);
    }

    /** Lets go of the rows before a position. */
    void trim(long position) {
        for (; start < position; start++) {
            int tag = tag(start);
            if (pairAfter(start) == NONE_AFTER && !retracted(start)) {
                lastOfPair.remove(pair(tag, author(start)));
            }
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

    /** Takes back the rows from a position on, as if they had not been appended; their tags' references go back too. */
    void truncate(long position) {
        unpacked.release();
        while (end > position) {
            end--;
            int tag = tag(end);
            if (!retracted(end)) {
                unlink(end);
            }
            tags.lastRow(tag, previous(end));
            chunk(end).detail[(int) (end - base) & MASK] = null;
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

    /** A row's details, unpacked. A candidate's rows are asked for slide after slide: the last ones are kept. */
    UseDetail detail(long position) {
        int slot = unpacked.indexOf(position);
        if (unpacked.indexExists(slot)) {
            return unpacked.indexGet(slot);
        }
        if (unpacked.size() >= UNPACKED_MAX) {
            unpacked.release();
        }
        UseDetail detail = UseDetail.unpack(packedDetail(position));
        unpacked.put(position, detail);
        return detail;
    }

    byte[] packedDetail(long position) {
        return chunk(position).detail[(int) (position - base) & MASK];
    }

    /** The row before of the same tag; before {@link #start} there is none. */
    long previous(long position) {
        return chunk(position).previous[(int) (position - base) & MASK];
    }

    /** The live use before of the same tag by the same author; before {@link #start} there is none. */
    long pairBefore(long position) {
        return chunk(position).pairBefore[(int) (position - base) & MASK];
    }

    /** The live use after of the same tag by the same author, or {@link #NONE_AFTER}. */
    long pairAfter(long position) {
        return chunk(position).pairAfter[(int) (position - base) & MASK];
    }

    boolean retracted(long position) {
        return chunk(position).retracted[(int) (position - base) & MASK];
    }

    /** Marks a live row as retracted. */
    void retract(long position) {
        unlink(position);
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
        final long[] pairBefore = new long[CHUNK];
        final long[] pairAfter = new long[CHUNK];
        final byte[][] detail = new byte[CHUNK][];
        final boolean[] retracted = new boolean[CHUNK];
    }
}
