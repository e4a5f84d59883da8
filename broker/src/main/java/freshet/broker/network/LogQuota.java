package freshet.broker.network;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets few lines about bad peers into the log, so that a port scan or a client in a loop can't fill the disk: {@value
 * #LINES} in {@value #SECONDS} seconds; of the rest it says how many they were.
 */
final class LogQuota {

    static final int LINES = 10;
    static final int SECONDS = 10;

    private final LongSupplier nanoClock;
    private long windowStart;
    private int lines;
    private long leftOut;

    LogQuota(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.windowStart = nanoClock.getAsLong();
    }

    /** What to add to a line that may be logged, mostly nothing; null where it may not. */
    synchronized String take() {
        long now = nanoClock.getAsLong();
        if (now - windowStart >= TimeUnit.SECONDS.toNanos(SECONDS)) {
            windowStart = now;
            lines = 0;
        }
        if (lines == LINES) {
            leftOut++;
            return null;
        }
        lines++;
        String addition = leftOut == 0 ? "" : " (" + leftOut + " lines like this were left out)";
        leftOut = 0;
        return addition;
    }
}
