package freshet.trends.extract;

import java.util.ArrayDeque;

/**
 * From which offset a new owner has to read again, and where the clock stood there: marks along the partition, one per
 * minute of event time, of which those that the horizon has left behind are dropped.
 */
final class Rereading {

    private static final long SPACING = 60_000;

    /**
     * A place in the partition.
     *
     * @param offset where to begin reading
     * @param clock newest event time of all records before it
     */
    record Mark(long offset, long clock) {}

    private final long horizon;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    Rereading(long horizon) {
        this.horizon = horizon;
    }

    void begin(long offset, long clock) {
        marks.clear();
        marks.add(new Mark(offset, clock));
    }

    /** The record before {@code offset} has moved the clock to {@code after}. */
    void advanced(long offset, long after) {
        Mark last = marks.getLast();
        if (last.clock() == Long.MIN_VALUE || after - last.clock() >= SPACING) {
            marks.add(new Mark(offset, after));
        }
        // The second mark will do as soon as all that stands before it is older than the horizon.
        while (marks.size() > 1 && after - second().clock() > horizon) {
            marks.removeFirst();
        }
    }

    Mark start() {
        return marks.getFirst();
    }

    private Mark second() {
        var iterator = marks.iterator();
        iterator.next();
        return iterator.next();
    }
}
