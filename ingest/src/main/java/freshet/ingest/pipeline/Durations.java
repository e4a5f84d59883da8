package freshet.ingest.pipeline;

/** Spans of time as a person says them. */
final class Durations {

    private Durations() {}

    /** For example {@code 45 s}, {@code 30 min}, {@code 5 h}, {@code 12 days}, {@code 80 years}. */
    static String brief(long millis) {
        long seconds = millis / 1000;
        if (seconds < 120) {
            return seconds + " s";
        } else if (seconds < 120 * 60) {
            return seconds / 60 + " min";
        } else if (seconds < 48 * 3600) {
            return seconds / 3600 + " h";
        } else if (seconds < 2 * 365 * 86_400L) {
            return seconds / 86_400 + " days";
        }
        return seconds / (365 * 86_400L) + " years";
    }
}
