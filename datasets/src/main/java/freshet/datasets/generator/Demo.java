package freshet.datasets.generator;

import java.time.Duration;
import java.time.Instant;

/**
 * The recording that comes with Freshet: eleven hours, so that {@link #SPEED} plays it in five and a half minutes. Its first breakout
 * begins after fifty minutes, 25 seconds of playing, when the background has a past; others follow every half a minute.
 */
public final class Demo {

    /** Where it stands on the class path; the truth stands beside it. */
    public static final String RESOURCE = "/recordings/demo.ndjson.gz";

    /** How many times faster than it happened it is best watched. */
    public static final int SPEED = 120;

    public static final GeneratorOptions OPTIONS = new GeneratorOptions(
            20_261_002,
            Instant.parse("2026-10-02T12:00:00Z"),
            Duration.ofHours(11),
            33,
            12,
            3,
            0,
            GeneratorOptions.Format.TWITTER);

    private Demo() {}
}
