package freshet.storage.history;

import freshet.ingest.contract.Stream;
import freshet.trends.contract.Ranking;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The questions that are asked of the history. Every answer holds what was committed before the call. Thread-safe; calls
 * block on the database.
 */
public interface TrendHistory {

    /** The newest kept final at or before {@code at}: what the board showed then, but for numbers within a minute. */
    Optional<Ranking> rankingAt(Board board, Instant at);

    /** The first kept final after {@code at}, to play a past forward. */
    Optional<Ranking> rankingAfter(Board board, Instant at);

    /** How a tag fared in {@code [from, to]}, oldest first; thinned evenly to at most {@code limit} points. */
    List<TimelinePoint> timeline(Board board, String tag, Instant from, Instant to, int limit);

    /** How busy a board was in {@code [from, to]}, in stretches of equal length, at most {@code limit}; empty ones left out. */
    List<Moment> moments(Board board, Instant from, Instant to, int limit);

    /** Tags that once trended and begin with {@code prefix} (folded), the most recently seen first. */
    List<TagSeen> tags(Stream stream, String prefix, int limit);

    /** When a tag (folded) was last seen trending, if ever. */
    Optional<TagSeen> tag(Stream stream, String tag);

    /** All boards, by stream, window and scope. */
    List<BoardSeen> boards();

    /** Whether a post was taken back: itself, or its author at or after the time of the post. */
    boolean retracted(Stream stream, String source, String post, String author, Instant at);
}
