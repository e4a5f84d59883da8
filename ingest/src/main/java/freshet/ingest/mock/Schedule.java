package freshet.ingest.mock;

import freshet.ingest.pipeline.Speed;

/** When a message is due: as long after the play's first, in wall time, as by the recording's clock, by its speed. */
record Schedule(long firstMillis, long beginNanos, Speed speed) {

    long due(long millis) {
        return beginNanos + sinceBegin(millis);
    }

    /** Nanoseconds from the play's first message. */
    long sinceBegin(long millis) {
        return Math.max(0, (long) ((millis - firstMillis) * 1e6 / speed.factor()));
    }
}
