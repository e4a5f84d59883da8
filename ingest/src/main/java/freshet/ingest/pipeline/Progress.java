package freshet.ingest.pipeline;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What a person is told of a running ingest, as one line; pure, so that it can be tried with any numbers. */
final class Progress {

    private static final int BAR = 20;
    private static final DateTimeFormatter EVENT_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Progress() {}

    /**
     * @param now what has been done
     * @param postsPerSecond over the last little while
     * @param elapsedSeconds since the beginning
     * @param bar whether to draw a bar
     */
    static String line(Summary now, double postsPerSecond, double elapsedSeconds, boolean bar) {
        StringBuilder line = new StringBuilder();
        double share = now.bytesTotal() > 0 ? Math.min(1, (double) now.bytesRead() / now.bytesTotal()) : -1;
        if (share >= 0) {
            if (bar) {
                int filled = (int) (share * BAR);
                line.append('[')
                        .append("=".repeat(filled))
                        .append(" ".repeat(BAR - filled))
                        .append("] ");
            }
            line.append(String.format(Locale.ROOT, "%3.0f %%  ", share * 100));
        }
        line.append(String.format(Locale.ROOT, "%,d posts  %,.0f/s", now.posts(), postsPerSecond));
        if (now.eventTime() >= 0) {
            line.append("  ").append(EVENT_TIME.format(Instant.ofEpochMilli(now.eventTime())));
        }
        if (now.rejected() > 0) {
            line.append(String.format(Locale.ROOT, "  %,d rejected", now.rejected()));
        }
        if (share > 0.005 && share < 1) {
            line.append("  ").append(left(elapsedSeconds * (1 - share) / share)).append(" left");
        }
        return line.toString();
    }

    private static String left(double seconds) {
        long whole = (long) seconds;
        long hours = ChronoUnit.HOURS.getDuration().getSeconds();
        return whole < hours
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / hours, whole % hours / 60, whole % 60);
    }
}
