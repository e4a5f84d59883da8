package freshet.datasets.generator;

import java.time.Duration;
import java.time.Instant;

/**
 * What a recording is made from.
 *
 * @param seed the same seed gives the same recording
 * @param start its first moment, event time
 * @param duration how much event time it covers
 * @param postsPerMinute posts of the background, on the average of a day
 * @param breakouts how many breakouts are planted
 * @param campaigns how many spam campaigns are planted
 * @param gaps how many times the source is down for five to twenty minutes
 * @param format how its lines are written
 */
public record GeneratorOptions(
        long seed,
        Instant start,
        Duration duration,
        double postsPerMinute,
        int breakouts,
        int campaigns,
        int gaps,
        Format format) {

    /** How lines are written. */
    public enum Format {
        /** Our canonical posts, as in the topic {@code posts}. */
        CANONICAL,
        /** Statuses and delete notices as Twitter's v1.1 stream sent them. */
        TWITTER
    }

    public GeneratorOptions {
        if (duration.compareTo(Duration.ofMinutes(30)) < 0 || duration.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException(
                    "a recording covers from 30 minutes to 366 days, not " + duration + "; change the duration");
        }
        if (!(postsPerMinute >= 1 && postsPerMinute <= 1_000_000)) {
            throw new IllegalArgumentException(
                    "a recording has from 1 to 1000000 posts a minute, not " + postsPerMinute);
        }
        if (breakouts < 0 || campaigns < 0 || gaps < 0 || breakouts > duration.toMinutes()) {
            throw new IllegalArgumentException(
                    "breakouts, campaigns and gaps are counts, at most one breakout a minute, not " + breakouts + ", "
                            + campaigns + " and " + gaps);
        }
        if (start.isBefore(Instant.parse("2011-01-01T00:00:00Z"))
                || start.isAfter(Instant.parse("2079-01-01T00:00:00Z"))) {
            throw new IllegalArgumentException(
                    "a recording starts between 2011 and 2079, when ids can be made, not " + start);
        }
    }

    /** Six hours with eight breakouts in Twitter's format. */
    public static GeneratorOptions defaults(long seed) {
        return new GeneratorOptions(
                seed, Instant.parse("2026-10-02T12:00:00Z"), Duration.ofHours(6), 100, 8, 2, 0, Format.TWITTER);
    }

    long startMs() {
        return start.toEpochMilli();
    }

    long endMs() {
        return start.plus(duration).toEpochMilli();
    }
}
