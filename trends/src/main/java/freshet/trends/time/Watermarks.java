package freshet.trends.time;

import java.util.Arrays;

/**
 * The watermarks of a fixed number of partitions, and the one that they have all reached. A partition that has told no
 * time yet stands at minus infinity and holds back all: silence is never taken for idleness, since what it still holds
 * belongs into the windows that would be closed.
 */
public final class Watermarks {

    /** The watermark of a partition of which nothing is known. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private final long[] reached;

    public Watermarks(int partitions) {
        reached = new long[partitions];
        Arrays.fill(reached, UNKNOWN);
    }

    /** Moves a partition's watermark on; one that stands before what it has reached changes nothing. */
    public void advance(int partition, long watermark) {
        reached[partition] = Math.max(reached[partition], watermark);
    }

    public long of(int partition) {
        return reached[partition];
    }

    public int partitions() {
        return reached.length;
    }

    /** What all partitions have reached, or {@link #UNKNOWN}. */
    public long all() {
        long all = Long.MAX_VALUE;
        for (long watermark : reached) {
            all = Math.min(all, watermark);
        }
        return all;
    }

    /** What the furthest has reached, or {@link #UNKNOWN}. */
    public long furthest() {
        long furthest = UNKNOWN;
        for (long watermark : reached) {
            furthest = Math.max(furthest, watermark);
        }
        return furthest;
    }

    /**
     * Says that others are waited for, as people read it.
     *
     * @param behind how far behind the furthest a partition may be, milliseconds, before it holds the others up
     * @param what the partitions are of, e.g. {@code posts}
     * @return one line, or null where all keep up
     */
    public String waitingFor(long behind, String what) {
        long furthest = furthest();
        int there = reached(furthest == UNKNOWN ? UNKNOWN + 1 : Math.max(UNKNOWN + 1, furthest - behind));
        return there == partitions() ? null : "waiting for partitions of " + what + ": " + there + "/" + partitions();
    }

    /** How many have reached a time. */
    public int reached(long time) {
        int count = 0;
        for (long watermark : reached) {
            if (watermark >= time) {
                count++;
            }
        }
        return count;
    }
}
