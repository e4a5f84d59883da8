package freshet.trends.count;

import java.util.Arrays;

/** Uses of one tag by pane, over the longest window. */
final class PaneCounts {

    private final long paneSize;
    private int[] counts = new int[64];
    private long first;
    private long next;

    /** @param paneSize milliseconds */
    PaneCounts(long paneSize) {
        this.paneSize = paneSize;
    }

    /** Adds to a pane. Those before the first one held are forgotten, and stay so. */
    void add(long time, int uses) {
        long pane = Math.floorDiv(time, paneSize);
        if (first == next) {
            first = pane;
            next = pane;
        }
        for (; next <= pane; next++) {
            if (next - first == counts.length) {
                grow();
            }
            counts[slot(next)] = 0;
        }
        if (pane >= first) {
            counts[slot(pane)] += uses;
        }
    }

    /** Takes one use away. @return whether there was one */
    boolean remove(long time) {
        long pane = Math.floorDiv(time, paneSize);
        if (pane < first || pane >= next || counts[slot(pane)] == 0) {
            return false;
        }
        counts[slot(pane)]--;
        return true;
    }

    /** Uses in a stretch of time whose ends lie on the panes' grid. */
    int in(long from, long to) {
        int sum = 0;
        long end = Math.min(next, Math.floorDiv(to, paneSize));
        for (long pane = Math.max(first, Math.floorDiv(from, paneSize)); pane < end; pane++) {
            sum += counts[slot(pane)];
        }
        return sum;
    }

    void forgetBefore(long time) {
        first = Math.max(first, Math.min(next, Math.floorDiv(time, paneSize)));
    }

    /** Start of the first pane held. */
    long start() {
        return first * paneSize;
    }

    /** From the first pane held to the last one with a use. */
    int[] toArray() {
        int size = (int) (next - first);
        while (size > 0 && counts[slot(first + size - 1)] == 0) {
            size--;
        }
        int[] array = new int[size];
        for (int i = 0; i < size; i++) {
            array[i] = counts[slot(first + i)];
        }
        return array;
    }

    private int slot(long pane) {
        return (int) Math.floorMod(pane, (long) counts.length);
    }

    private void grow() {
        int[] old = toArray();
        counts = Arrays.copyOf(counts, counts.length * 2);
        for (int i = 0; i < old.length; i++) {
            counts[slot(first + i)] = old[i];
        }
        for (long pane = first + old.length; pane < next; pane++) {
            counts[slot(pane)] = 0;
        }
    }
}
