package freshet.trends.count;

import com.carrotsearch.hppc.LongLongHashMap;
import com.carrotsearch.hppc.LongObjectHashMap;
import freshet.trends.contract.Hash64;

/**
 * The uses of the closed stretch of time that some window still holds, in order of (time, source partition, offset): one
 * log for all windows, each of which is a pair of positions in it. Rows of one tag are linked backwards, so that a
 * candidate is described without looking at other tags' rows. Live rows of one tag by one author are linked both ways:
 * a window sees from the link whether it holds another use of the pair, so that all windows together need one look-up in
 * a map per use and not one each. Pairs stand in it by a 64-bit hash; among ten million two collide with a chance of 3 in
 * a million.
 *
 * <p>A row is a use. Of a {@link HeavyTag} it is all that one author uses it within one pane, the first of these posts
 * standing for the others, and rows fall out as {@link Thinning} says.
 */
final class UseLog extends UseRows {

    private static final int UNPACKED_MAX = 8_192;
    /** Holes are closed when there is one for so many rows … */
    private static final int ROWS_PER_HOLE = 4;
    /** … and more than this. */
    private static final int HOLES_MIN = 1 << 14;

    private static final long TAG_FACTOR = 0x9e3779b97f4a7c15L;

    private final TagTable tags;
    private final long paneSize;
    private final LongLongHashMap lastOfPair = new LongLongHashMap();
    private final LongObjectHashMap<UseDetail> unpacked = new LongObjectHashMap<>();

    /** @param paneSize milliseconds */
    UseLog(TagTable tags, long paneSize) {
        this.tags = tags;
        this.paneSize = paneSize;
    }

    /** Appends a use. @return whether it has got a row of its own, which then holds the tag's reference */
    boolean append(long time, int source, long offset, int tag, long author, byte[] detail) {
        HeavyTag heavy = tags.heavy(tag);
        if (heavy != null) {
            heavy.uses().add(time, 1);
            long before = rowInPane(tag, author, time);
            if (before != TagTable.NO_ROW) {
                live(before, live(before) + 1);
                return false;
            }
        }
        put(time, source, offset, tag, author, detail, 1);
        return true;
    }

    /** Puts a row at the end, which then holds the tag's reference. */
    void put(long time, int source, long offset, int tag, long author, byte[] detail, int live) {
        place(time, source, offset, tags.lane(tag, author), author, detail, live);
        tags.rows(tag, tags.rows(tag) + 1);
    }

    private void place(long time, int source, long offset, int lane, long author, byte[] detail, int live) {
        long row = end();
        add(time, source, offset, lane, author, detail, live, tags.lastRow(lane));
        tags.lastRow(lane, row);
        if (live > 0) {
            link(row, pair(lane, author));
        }
    }

    private void link(long row, long pair) {
        int slot = lastOfPair.indexOf(pair);
        if (lastOfPair.indexExists(slot)) {
            long before = lastOfPair.indexReplace(slot, row);
            pairBefore(row, before);
            pairAfter(before, row);
        } else {
            lastOfPair.indexInsert(slot, pair, row);
        }
    }

    /** Takes a live row out of the links of its pair. */
    private void unlink(long row) {
        long before = pairBefore(row);
        long after = pairAfter(row);
        if (before >= start()) {
            pairAfter(before, after);
        }
        if (after != NONE_AFTER) {
            pairBefore(after, before);
        } else if (before >= start()) {
            lastOfPair.put(pair(tag(row), author(row)), before);
        } else {
            lastOfPair.remove(pair(tag(row), author(row)));
        }
    }

    private long pair(int tag, long author) {
        return Hash64.mix(author ^ tags.hash(tag) * TAG_FACTOR);
    }

    /** Lets go of the rows before a position. */
    void trim(long position) {
        while (start() < position) {
            long row = start();
            if (!hole(row)) {
                int lane = tag(row);
                if (pairAfter(row) == NONE_AFTER && live(row) > 0) {
                    lastOfPair.remove(pair(lane, author(row)));
                }
                if (tags.lastRow(lane) == row) {
                    tags.lastRow(lane, TagTable.NO_ROW);
                }
                gone(lane);
            }
            removeFirst();
        }
    }

    private void gone(int lane) {
        int tag = tags.tagOf(lane);
        tags.rows(tag, tags.rows(tag) - 1);
        if (tags.rows(tag) == 0 && tags.heavy(tag) != null) {
            // Not when its last reference goes: when that is depends on what has arrived.
            tags.makeLight(tag);
        }
        tags.release(tag);
    }

    /** Takes back the uses from a position on, as if they had not been appended; their tags' references go back too. */
    void truncate(long position) {
        unpacked.release();
        while (end() > position) {
            long row = end() - 1;
            int lane = tag(row);
            int tag = tags.tagOf(lane);
            if (live(row) > 0) {
                unlink(row);
            }
            if (tags.heavy(tag) != null) {
                tags.heavy(tag).uses().add(time(row), -live(row));
            }
            tags.lastRow(lane, previous(row));
            tags.rows(tag, tags.rows(tag) - 1);
            removeLast();
        }
    }

    /** Drops a row from the middle. The chain of its tag's rows is the caller's to mend. */
    void drop(long row) {
        if (live(row) > 0) {
            unlink(row);
        }
        int lane = tag(row);
        makeHole(row);
        gone(lane);
    }

    /** Closes the holes if there are many. @return whether positions have changed */
    boolean closeHoles() {
        if (holes() <= Math.max(HOLES_MIN, size() / ROWS_PER_HOLE)) {
            return false;
        }
        compact();
        return true;
    }

    private void compact() {
        unpacked.release();
        lastOfPair.clear();
        for (long row = start(); row < end(); row++) {
            if (!hole(row)) {
                tags.lastRow(tag(row), TagTable.NO_ROW);
            }
        }
        long last = rewind();
        for (long row = start(); row < last; row++) {
            if (!hole(row)) {
                place(time(row), source(row), offset(row), tag(row), author(row), packedDetail(row), live(row));
            }
        }
        cutOff(last);
    }

    /** Position of a use, or {@link TagTable#NO_ROW}. */
    long find(long time, int source, long offset, int tag) {
        long row = firstAt(time, source, offset);
        for (; row < end() && time(row) == time && source(row) == source && offset(row) == offset; row++) {
            if (!hole(row) && tags.tagOf(tag(row)) == tag) {
                return row;
            }
        }
        return TagTable.NO_ROW;
    }

    /** The live row of a tag by an author in the pane that holds a time, or {@link TagTable#NO_ROW}. */
    long rowInPane(int tag, long author, long time) {
        long pane = Math.floorDiv(time, paneSize);
        long row = lastOfPair.getOrDefault(pair(tag, author), TagTable.NO_ROW);
        while (row >= start() && Math.floorDiv(time(row), paneSize) > pane) {
            row = pairBefore(row);
        }
        return row >= start() && Math.floorDiv(time(row), paneSize) == pane ? row : TagTable.NO_ROW;
    }

    /** A row's details, unpacked. A candidate's rows are asked for slide after slide: the last ones are kept. */
    UseDetail detail(long row) {
        int slot = unpacked.indexOf(row);
        if (unpacked.indexExists(slot)) {
            return unpacked.indexGet(slot);
        }
        if (unpacked.size() >= UNPACKED_MAX) {
            unpacked.release();
        }
        UseDetail detail = UseDetail.unpack(packedDetail(row));
        unpacked.put(row, detail);
        return detail;
    }

    boolean retracted(long row) {
        return live(row) == 0;
    }

    /** Takes back the last live use of a row. */
    void retract(long row) {
        unlink(row);
        live(row, 0);
        packedDetail(row, NO_DETAIL);
    }
}
