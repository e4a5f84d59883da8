package freshet.broker.log;

import java.util.ArrayList;
import java.util.List;

/** The segments of a log in order; never changed, only replaced, so that a reader needs no lock. */
final class Segments {
    static final Segments NONE = new Segments(List.of());

    private final List<Segment> list;

    Segments(List<Segment> list) {
        this.list = List.copyOf(list);
    }

    List<Segment> list() {
        return list;
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    Segment first() {
        return list.get(0);
    }

    /** The one that grows. */
    Segment active() {
        return list.get(list.size() - 1);
    }

    /** Place of the segment that holds the offset if any does; 0 when the offset lies before all. */
    int floor(long offset) {
        int low = 0;
        int high = list.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (list.get(middle).baseOffset() <= offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Math.max(0, high);
    }

    /** The segments from the one that holds the offset on. */
    List<Segment> from(long offset) {
        return list.isEmpty() ? list : list.subList(floor(offset), list.size());
    }

    /** Where the segment's offsets end: at the base of the next, or at the end of the log. */
    long endOf(int place, long logEndOffset) {
        return place + 1 < list.size() ? list.get(place + 1).baseOffset() : logEndOffset;
    }

    Segments plus(Segment segment) {
        List<Segment> longer = new ArrayList<>(list);
        longer.add(segment);
        return new Segments(longer);
    }

    Segments withoutFirst(int count) {
        return new Segments(list.subList(count, list.size()));
    }

    Segments firstOnly(int count) {
        return new Segments(list.subList(0, count));
    }

    long sizeInBytes() {
        long bytes = 0;
        for (Segment segment : list) {
            bytes += segment.size();
        }
        return bytes;
    }
}
