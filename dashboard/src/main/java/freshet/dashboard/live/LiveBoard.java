package freshet.dashboard.live;

import freshet.trends.contract.Ranking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The last rankings of one board and who reads them. One thread publishes; readers look at an immutable list, from any
 * thread.
 */
final class LiveBoard {

    /** Events and bytes remembered for those who come back. */
    static final int EVENTS_MAX = 32;

    private static final int BYTES_MAX = 1 << 20;

    private volatile List<LiveEvent> events = List.of();
    private volatile Instant at;
    private volatile byte[] newest;
    private final Set<LiveReader> readers = ConcurrentHashMap.newKeySet();

    // Owned by the publisher.
    private Instant lastFinal = Instant.MIN;
    private long nextSequence;

    /** Takes note of a final that no one is shown any more: no early ranking of its time comes after it. */
    void passOver(Instant finalAt) {
        if (finalAt.isAfter(lastFinal)) {
            lastFinal = finalAt;
        }
    }

    /** Takes a ranking in, unless one at least as final was there for its time. */
    boolean publish(long offset, Ranking ranking, byte[] json) {
        if (!ranking.at().isAfter(lastFinal)) {
            return false;
        }
        if (ranking.isFinal()) {
            lastFinal = ranking.at();
        }
        List<LiveEvent> now = new ArrayList<>(EVENTS_MAX);
        now.addAll(events);
        now.add(LiveEvent.ranking(nextSequence++, offset, json));
        int bytes = 0;
        for (LiveEvent event : now) {
            bytes += event.frame().readableBytes();
        }
        while (now.size() > EVENTS_MAX || (bytes > BYTES_MAX && now.size() > 1)) {
            bytes -= now.remove(0).frame().readableBytes();
        }
        events = List.copyOf(now);
        at = ranking.at();
        newest = json;
        readers.forEach(LiveReader::wake);
        return true;
    }

    /** Oldest first; the last one is the board's state. */
    List<LiveEvent> events() {
        return events;
    }

    /** Event time of the newest ranking, or null. */
    Instant at() {
        return at;
    }

    /** The newest ranking as JSON, or null. */
    byte[] newest() {
        return newest;
    }

    /** Where a reader stands who saw the event of this offset last: the sequence it saw, or -1 where it is not known. */
    long sequenceOf(long offset) {
        for (LiveEvent event : events) {
            if (event.offset() == offset) {
                return event.sequence();
            }
        }
        return -1;
    }

    /** Forgets all: the stream started afresh. Readers stay. */
    void reset() {
        events = List.of();
        at = null;
        newest = null;
        lastFinal = Instant.MIN;
    }

    void add(LiveReader reader) {
        readers.add(reader);
    }

    void remove(LiveReader reader) {
        readers.remove(reader);
    }

    void each(Consumer<LiveReader> action) {
        readers.forEach(action);
    }

    int readers() {
        return readers.size();
    }
}
