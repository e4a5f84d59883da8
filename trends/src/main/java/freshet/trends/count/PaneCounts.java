package freshet.trends.count;

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

    /** Adds to a pane. A look ahead may have added to later ones before. */
    void add(long time, int uses) {
        long pane = Math.floorDiv(time, paneSize);
        if (first == next) {
            first = pane;
            next = pane;
        }
        while (pane < first) {
            makeRoom();
            counts[slot(--first)] = 0;
        }
        while (pane >= next) {
            makeRoom();
            counts[slot(next++)] = 0;
        }
        counts[slot(pane)] += uses;
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

    /** Start of the first pane with a use; 0 where there is none. */
    long start() {
        long pane = firstUsed();
        return pane == next ? 0 : pane * paneSize;
    }

    /** From the first pane with a use to the last one: equal counts give equal arrays. */
    int[] toArray() {
        long from = firstUsed();
        long to = next;
        while (to > from && counts[slot(to - 1)] == 0) {
            to--;
        }
        int[] array = new int[(int) (to - from)];
        for (int i = 0; i < array.length; i++) {
            array[i] = counts[slot(from + i)];
        }
        return array;
    }

    private long firstUsed() {
        long pane = first;
        while (pane < next && counts[slot(pane)] == 0) {
            pane++;
        }
        return pane;
    }

    private int slot(long pane) {
        return (int) Math.floorMod(pane, (long) counts.length);
    }

    /** For one pane more. */
    private void makeRoom() {
        if (next - first < counts.length) {
            return;
        }
        int[] old = counts;
        counts = new int[old.length * 2];
        for (long pane = first; pane < next; pane++) {
            counts[slot(pane)] = old[(int) Math.floorMod(pane, (long) old.length)];
        }
    }
}
