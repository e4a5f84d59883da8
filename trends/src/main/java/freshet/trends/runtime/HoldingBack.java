package freshet.trends.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which partitions must wait for the others. A plain reader of a backlog lets partitions drift apart by minutes or hours
 * of event time, and the step behind must keep open whatever the slowest has not passed: what runs further ahead of the
 * slowest that still has something to read than the allowed drift is held back.
 */
final class HoldingBack {

    private final long drift;

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
        List<Integer> held = new ArrayList<>();
        for (Map.Entry<Integer, Long> entry : own.entrySet()) {
            long time = entry.getValue();
            // Before anyone knows the time, those that do wait for the rest to tell theirs.
            if (time > slowest && (slowest == Long.MIN_VALUE || time - slowest > drift)) {
                held.add(entry.getKey());
            }
        }
        return held;
    }
}
