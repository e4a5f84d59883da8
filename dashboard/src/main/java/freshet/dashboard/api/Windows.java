package freshet.dashboard.api;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

/** Names of windows, in the order of their length. */
final class Windows {

    static final Comparator<String> BY_LENGTH =
            Comparator.<String>comparingLong(Windows::millis).thenComparing(Comparator.naturalOrder());

    private static final Map<String, Long> UNITS = Map.of(
            "ms", 1L,
            "s", 1_000L,
            "m", 60_000L,
            "h", 3_600_000L,
            "d", Duration.ofDays(1).toMillis());

    private Windows() {}

    /** Length in milliseconds, or the longest for a name that says none. */
    static long millis(String window) {
        String digits = window.replaceFirst("\\D.*$", "");
        Long unit = UNITS.get(window.substring(digits.length()));
        return digits.isEmpty() || digits.length() > 9 || unit == null ? Long.MAX_VALUE : Long.parseLong(digits) * unit;
    }
}
