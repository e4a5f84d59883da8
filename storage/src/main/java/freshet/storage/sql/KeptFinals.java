package freshet.storage.sql;

import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.State;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides, for one board, which of the finals that pass are kept: the first of each minute, and each that changed which
 * trends there are or a trend's state. What is decided depends on the finals alone, so that it can be taken up again
 * from the last kept one: since every change is kept, the states after it are its own.
 */
final class KeptFinals {

    private static final long MINUTE_MS = 60_000;

    private final int boardId;
    private long lastAt;
    private long lastMinute;
    private Map<String, State> states;

    KeptFinals(int boardId, long lastAt, Ranking lastKept) {
        this.boardId = boardId;
        this.lastAt = lastAt;
        this.lastMinute = lastKept == null ? Long.MIN_VALUE : minute(lastKept.at());
        this.states = lastKept == null ? Map.of() : states(lastKept);
    }

    int boardId() {
        return boardId;
    }

    long lastAt() {
        return lastAt;
    }

    /** What of a final is kept. */
    enum Kept {
        NOTHING,
        /** The ranking, and the trends that {@link #changed} names. */
        CHANGES,
        /** The ranking and all its trends. */
        ALL
    }

    /** Takes note of a final; the ids in {@code changed} are those of trends that came or changed state with it. */
    Kept next(Ranking ranking, java.util.Set<String> changed) {
        long at = ranking.at().toEpochMilli();
        if (at <= lastAt) {
            return Kept.NOTHING; // a final may repeat after a crash; a different one never does
        }
        lastAt = at;
        Map<String, State> now = states(ranking);
        now.forEach((id, state) -> {
            if (states.get(id) != state) {
                changed.add(id);
            }
        });
        boolean moved = !changed.isEmpty() || !now.keySet().containsAll(states.keySet());
        boolean newMinute = minute(ranking.at()) != lastMinute;
        if (!moved && !newMinute) {
            return Kept.NOTHING;
        }
        states = now;
        lastMinute = minute(ranking.at());
        return newMinute ? Kept.ALL : Kept.CHANGES;
    }

    private static long minute(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), MINUTE_MS);
    }

    private static Map<String, State> states(Ranking ranking) {
        Map<String, State> states = new HashMap<>(ranking.trends().size() * 2);
        ranking.trends().forEach(trend -> states.put(trend.id(), trend.state()));
        return states;
    }
}
