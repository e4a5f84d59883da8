package freshet.ingest.pipeline;

import java.util.Arrays;

/** The median of the last so many times; adding costs two binary searches and a short move. */
final class RecentTimes {

    private final long[] byArrival;
    private final long[] sorted;
    private int size;
    private int oldest;

    RecentTimes(int capacity) {
        byArrival = new long[capacity];
        sorted = new long[capacity];
    }

    void add(long time) {
        if (size == byArrival.length) {
            int gone = Arrays.binarySearch(sorted, 0, size, byArrival[oldest]);
            System.arraycopy(sorted, gone + 1, sorted, gone, size - gone - 1);
            size--;
        }
        byArrival[oldest] = time;
        oldest = (oldest + 1) % byArrival.length;
        int found = Arrays.binarySearch(sorted, 0, size, time);
        int at = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = time;
        size++;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The middle one, of an even number the later. */
    long median() {
        return sorted[size / 2];
    }
}
