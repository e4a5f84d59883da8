package freshet.datasets.evaluation;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * What an evaluation found; its JSON form bears these names.
 *
 * @param posts posts that were read
 * @param unreadable lines that were none
 * @param days event time covered
 * @param seconds how long it took
 */
public record Report(
        String recording, long posts, long unreadable, double days, double seconds, List<WindowReport> windows) {

    /**
     * One window.
     *
     * @param recall found breakouts among all
     * @param recallOfLarge the same among breakouts with at least 30 authors in their busiest ten minutes
     * @param precision breaking trends that belong to a breakout, among all; 1 where there was none
     * @param falsePerDay false trends a day
     * @param medianDelaySeconds over those found; -1 where none was
     * @param medianDelayShare the delay as a part of the time from onset to peak
     */
    public record WindowReport(
            String window,
            double recall,
            double recallOfLarge,
            double precision,
            double falsePerDay,
            double medianDelaySeconds,
            double medianDelayShare,
            List<Found> breakouts,
            List<False> falseTrends) {}

    /**
     * One breakout.
     *
     * @param delaySeconds from its onset, or null where it was not found
     * @param rank the best that it had, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Found(
            String tag,
            String shape,
            int authors,
            int peakAuthors,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant onset,
            boolean found,
            Double delaySeconds,
            Double delayShare,
            Integer rank) {}

    /**
     * A trend that should not have been.
     *
     * @param kind {@code campaign}, {@code regular} or {@code background}
     */
    public record False(
            String tag,
            String kind,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Instant at,
            long authors,
            double expected,
            double score,
            int rank,
            boolean warming) {}
}
