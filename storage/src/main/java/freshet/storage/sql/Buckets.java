package freshet.storage.sql;

/** Cuts a range of times into at most a number of stretches of equal length, on a grid that does not move with the range. */
final class Buckets {

    private static final long MINUTE_MS = 60_000;

    private final long lengthMs;
    private long last = Long.MIN_VALUE;

    Buckets(long from, long to, int limit) {
        double exact = ((double) to - from) / Math.max(1, limit - 1);
        this.lengthMs = exact <= 1
                ? 1
                : exact < MINUTE_MS ? (long) Math.ceil(exact) : (long) Math.ceil(exact / MINUTE_MS) * MINUTE_MS;
    }

    /** Whether a time, not before the one asked for last, stands in the same stretch as that one. */
    boolean sameAsLast(long at) {
        long bucket = Math.floorDiv(at, lengthMs);
        boolean same = bucket == last;
        last = bucket;
        return same;
    }
}
