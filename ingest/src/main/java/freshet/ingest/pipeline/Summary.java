package freshet.ingest.pipeline;

import java.util.Locale;

/**
 * What an ingest has done, so far or in all.
 *
 * @param lines lines read
 * @param posts posts published, or found published by an earlier run
 * @param retractions retractions, likewise
 * @param rejected lines sent to {@code posts-rejected}, likewise
 * @param markers time markers published in this run
 * @param controls messages of the source about itself
 * @param unmatched delete notices whose author nobody knows
 * @param alreadyThere posts, retractions and rejected lines that an earlier run had published
 * @param eventTime the stream's clock in milliseconds, or -1 before the first post
 * @param pending records handed over that the log has not acknowledged yet
 * @param bytesRead bytes read of the source, as stored
 * @param bytesTotal bytes of the whole source, or -1 where nobody knows
 * @param complete whether the source has come to its end and the log has all of it
 */
public record Summary(
        long lines,
        long posts,
        long retractions,
        long rejected,
        long markers,
        long controls,
        long unmatched,
        long alreadyThere,
        long eventTime,
        long pending,
        long bytesRead,
        long bytesTotal,
        boolean complete) {

    static Summary of(Counts counts, long eventTime, long bytesRead, long bytesTotal, boolean complete) {
        return new Summary(
                counts.lines.sum(),
                counts.posts.sum(),
                counts.retractions.sum(),
                counts.rejected.sum(),
                counts.markers.sum(),
                counts.controls.sum(),
                counts.unmatched.sum(),
                counts.alreadyThere.sum(),
                eventTime,
                counts.appended.sum() - counts.acknowledged.sum(),
                bytesRead,
                bytesTotal,
                complete);
    }

    /** One line for a person. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d lines: %,d posts, %,d retractions, %,d rejected",
                lines,
                posts,
                retractions,
                rejected));
        if (unmatched > 0) {
            line.append(String.format(Locale.ROOT, ", %,d delete notices of unknown authors", unmatched));
        }
        if (controls > 0) {
            line.append(String.format(Locale.ROOT, ", %,d control messages", controls));
        }
        if (alreadyThere > 0) {
            line.append(String.format(Locale.ROOT, "; %,d were there already", alreadyThere));
        }
        return line.toString();
    }
}
