package freshet.ingest.mock;

/** Lets so many statuses through in each second and counts the rest, of which a {@code limit} message tells. */
final class StatusLimit {

    private final int perSecond;
    private long second = Long.MIN_VALUE;
    private int passed;
    private long undelivered;
    private long told;

    /** @param perSecond 0 lets all through */
    StatusLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    boolean lets(long now) {
        if (now != second) {
            second = now;
            passed = 0;
        }
        if (perSecond > 0 && passed == perSecond) {
            undelivered++;
            return false;
        }
        passed++;
        return true;
    }

    /** How many were held back since the beginning, once a second and only where that has grown; else 0. */
    long toTell(long now) {
        if (undelivered == told || now == second) {
            return 0;
        }
        told = undelivered;
        return undelivered;
    }
}
