package freshet.ingest.pipeline;

import freshet.ingest.source.WallTime;

/**
 * Keeps a recording to its own clock, times a factor: a post is due when as much wall time has passed since the first
 * as event time lies between them. Due times are absolute, so a slow stretch is caught up with and nothing drifts.
 */
final class Pace {

    private static final long SHORTEST_SLEEP_NANOS = 1_000_000;

    private final Speed speed;
    private final WallTime wall;
    private boolean started;
    private long firstEvent;
    private long firstNanos;

    Pace(Speed speed, WallTime wall) {
        this.speed = speed;
        this.wall = wall;
    }

    /** Waits until a post of this event time is due. */
    void await(long eventTime) throws InterruptedException {
        if (speed.isMax()) {
            return;
        }
        if (!started) {
            started = true;
            firstEvent = eventTime;
            firstNanos = wall.nanos();
            return;
        }
        double due = (eventTime - firstEvent) * 1e6 / speed.factor();
        long wait = (long) due - (wall.nanos() - firstNanos);
        if (wait >= SHORTEST_SLEEP_NANOS) {
            wall.sleep(wait);
        }
    }
}
