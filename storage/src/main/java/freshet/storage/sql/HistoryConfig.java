package freshet.storage.sql;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the history.
 *
 * @param file the SQLite file; its folder is created when missing
 * @param retention how far back from a board's newest final rankings and timelines are kept
 * @param tagRetention how far back from a stream's newest final a tag is remembered, and a retraction
 */
public record HistoryConfig(Path file, Duration retention, Duration tagRetention) {

    public static final Duration RETENTION = Duration.ofDays(90);
    public static final Duration TAG_RETENTION = Duration.ofDays(400);

    public HistoryConfig {
        if (retention.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("the history's retention is at least an hour, not " + retention);
        }
        if (tagRetention.compareTo(retention) < 0) {
            throw new IllegalArgumentException(
                    "the history's tag retention (" + tagRetention + ") is at least its retention (" + retention + ")");
        }
    }

    public static HistoryConfig of(Path file) {
        return new HistoryConfig(file, RETENTION, TAG_RETENTION);
    }
}
