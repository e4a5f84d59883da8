package freshet.ingest.mock;

import freshet.ingest.pipeline.Speed;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a mock feed.
 *
 * @param recording Twitter v1.1 stream lines or posts in Freshet's form; plain, .gz or .zst
 * @param host address to listen on
 * @param port to listen on; 0 for any free one
 * @param speed how fast the recording plays; at {@link Speed#MAX} each client sets its own pace
 * @param loop whether it begins again at its end
 * @param shiftToNow whether its times (and ids, which hold a time) are moved to the present
 * @param keepAlive longest silence: after it a blank line is sent
 * @param limitPerSecond most statuses of a filtered stream in a second, of the rest only the number is told; 0: all
 * @param requireAuth whether a request without an OAuth 1.0a header is refused
 * @param keys what signatures are checked with, or null: then only their form is
 * @param failures what becomes of connections
 * @param backlogBytes how far a client may fall behind the pace before it is disconnected
 */
public record MockConfig(
        Path recording,
        String host,
        int port,
        Speed speed,
        boolean loop,
        boolean shiftToNow,
        Duration keepAlive,
        int limitPerSecond,
        boolean requireAuth,
        OAuthKeys keys,
        FailurePlan failures,
        int backlogBytes) {

    public static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(30);
    public static final int DEFAULT_BACKLOG_BYTES = 4 << 20;

    public MockConfig {
        if (keepAlive.isZero() || keepAlive.isNegative() || keepAlive.compareTo(LONGEST_KEEP_ALIVE) > 0) {
            throw new IllegalArgumentException(
                    "a keep-alive comes after more than 0 and at most 30 s of silence, not after " + keepAlive);
        }
        if (shiftToNow && speed.isMax()) {
            throw new IllegalArgumentException(
                    "a recording that is moved to now needs a pace; take 1x or 60x, not max");
        }
        if (backlogBytes < 1024) {
            throw new IllegalArgumentException("a client's backlog is at least 1024 bytes, not " + backlogBytes);
        }
        if (limitPerSecond < 0) {
            throw new IllegalArgumentException("a limit per second is 0 (none) or more, not " + limitPerSecond);
        }
    }

    /** All else by default: at its own pace, once, on any free port of the loopback. */
    public static MockConfig of(Path recording) {
        return new MockConfig(
                recording,
                "127.0.0.1",
                0,
                Speed.REAL,
                false,
                false,
                LONGEST_KEEP_ALIVE,
                0,
                true,
                null,
                FailurePlan.NONE,
                DEFAULT_BACKLOG_BYTES);
    }

    /** The same at another speed. */
    public MockConfig at(Speed other) {
        return new MockConfig(
                recording,
                host,
                port,
                other,
                loop,
                shiftToNow,
                keepAlive,
                limitPerSecond,
                requireAuth,
                keys,
                failures,
                backlogBytes);
    }
}
