package freshet.storage.history;

import java.time.Instant;

/** A board with the times of its oldest and newest kept final. */
public record BoardSeen(Board board, Instant first, Instant last) {}
