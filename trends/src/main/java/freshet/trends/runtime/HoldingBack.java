package freshet.trends.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which partitions must wait for the others. A plain reader of a backlog lets partitions drift apart by minutes or hours
 * of event time, and the step behind must keep open whatever the slowest has not passed. So what runs further ahead of the
 * slowest that still has something to read than the allowed drift is held back; and, since the step behind waits for
 * silent partitions too, what runs very far ahead of the slowest of all.
 */
final class HoldingBack {

    /** How many times the drift a partition may run ahead of one that has nothing to read. */
    private static final int SILENCE = 36;

    private static final long NONE = Long.MIN_VALUE;

    private final long drift;
    private long earliest = Long.MAX_VALUE;

    /** @param drift milliseconds of event time */
    HoldingBack(long drift) {
        this.drift = drift;
    }

    /**
     * @param own event time by own partition, {@link Long#MIN_VALUE} for none
     * @param lagging event times of those partitions, own or others', that have something to read
     * @return the own partitions that must wait
     */
    List<Integer> held(Map<Integer, Long> own, Iterable<Long> lagging) {
        long slowest = Long.MAX_VALUE;
        for (long time : lagging) {
            slowest = Math.min(slowest, time);
        }
        long silent = silent(own);
        List<Integer> held = new ArrayList<>();
        own.forEach((partition, time) -> {
            if (time != NONE && time - silent > SILENCE * drift) {
                held.add(partition);
            }
        });
        for (Map.Entry<Integer, Long> entry : own.entrySet()) {
            long time = entry.getValue();
            // Before anyone knows the time, those that do wait for the rest to tell theirs.
            boolean ahead = time > slowest && (slowest == NONE || time - slowest > drift);
            if (ahead && !held.contains(entry.getKey())) {
                held.add(entry.getKey());
            }
        }
        return held;
    }

    /** The slowest of all own partitions; one that never told a time stands where the first of the others began. */
    private long silent(Map<Integer, Long> own) {
        long silent = Long.MAX_VALUE;
        boolean none = false;
        for (long time : own.values()) {
            none |= time == NONE;
            silent = time == NONE ? silent : Math.min(silent, time);
        }
        earliest = Math.min(earliest, silent);
        return none ? earliest : silent;
    }
}
