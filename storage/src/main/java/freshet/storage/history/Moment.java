package freshet.storage.history;

import java.time.Instant;

/**
 * How busy a stretch of time was, for a time slider.
 *
 * @param at the stretch's first kept final
 * @param trends the most trends ranked at once in it
 * @param breaking the most of them breaking at once
 */
public record Moment(Instant at, int trends, int breaking) {}
