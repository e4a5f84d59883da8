package freshet.ingest.source.twitter4j;

/**
 * How long to wait before connecting again, by what went wrong, as Twitter's streaming guide asked of its clients:
 * network errors linearly from 250 ms to 16 s, HTTP errors exponentially from 5 s to 320 s, HTTP 420 exponentially from
 * a minute. A connection that has brought something begins anew.
 */
final class Backoff {

    private static final long NETWORK_STEP = 250;
    private static final long NETWORK_MAX = 16_000;
    private static final long HTTP_FIRST = 5_000;
    private static final long HTTP_MAX = 320_000;
    private static final long CALM_FIRST = 60_000;
    /** The guide names no end; an hour keeps a source that was banned for long from sleeping for days. */
    private static final long CALM_MAX = 3_600_000;

    static final int ENHANCE_YOUR_CALM = 420;
    private static final int TOO_MANY_REQUESTS = 429;

    private enum Cause {
        NONE,
        NETWORK,
        HTTP,
        CALM
    }

    private Cause cause = Cause.NONE;
    private long wait;

    /** The stream has brought something: the next failure is a first one. */
    void reset() {
        cause = Cause.NONE;
    }

    /**
     * Milliseconds to wait after a failure.
     *
     * @param status of the response, or anything up to 200 where the network failed
     */
    long next(int status) {
        Cause now = status <= 200
                ? Cause.NETWORK
                : status == ENHANCE_YOUR_CALM || status == TOO_MANY_REQUESTS ? Cause.CALM : Cause.HTTP;
        boolean again = now == cause;
        cause = now;
        wait = switch (now) {
            case NETWORK -> again ? Math.min(wait + NETWORK_STEP, NETWORK_MAX) : NETWORK_STEP;
            case HTTP -> again ? Math.min(wait * 2, HTTP_MAX) : HTTP_FIRST;
            default -> again ? Math.min(wait * 2, CALM_MAX) : CALM_FIRST;
        };
        return wait;
    }
}
