package freshet.storage.history;

import java.time.Instant;

/**
 * A tag that was once a trend in a stream.
 *
 * @param tag folded
 * @param display as most authors wrote it when last seen
 * @param first when it was first seen trending
 * @param last when it was last seen trending
 * @param peakAuthors the most distinct authors seen in a window of {@code window}
 * @param window the window in which it peaked
 */
public record TagSeen(String tag, String display, Instant first, Instant last, long peakAuthors, String window) {}
