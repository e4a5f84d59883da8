package freshet.dashboard.api;

import freshet.dashboard.live.LiveHub;
import freshet.ingest.contract.Stream;
import freshet.storage.history.Board;
import freshet.storage.history.BoardSeen;
import freshet.storage.history.TrendHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which streams there are, from what is live and what is remembered, and which of them a reader wants to see first. */
final class Streams {

    private final TrendHistory history;
    private final LiveHub hub;

    Streams(TrendHistory history, LiveHub hub) {
        this.history = history;
        this.hub = hub;
    }

    /** JSON of {@code /api/streams}. */
    record Listing(String defaultStream, String source, Collection<Entry> streams) {}

    /**
     * A stream.
     *
     * @param name {@code live} or the recording's
     * @param first event time of the oldest ranking remembered, or how far its posts have come
     * @param last event time of the newest, or how far its posts have come
     * @param windows those that had a trend
     */
    record Entry(String name, boolean live, Instant first, Instant last, List<String> windows, List<String> scopes) {}

    private static final class Gathered {
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        final TreeSet<String> windows = new TreeSet<>(Windows.BY_LENGTH);
        final TreeSet<String> scopes = new TreeSet<>(
                Comparator.comparing((String s) -> !s.equals("all")).thenComparing(Comparator.naturalOrder()));

        void reach(Instant from, Instant to) {
            first = from.isBefore(first) ? from : first;
            last = to.isAfter(last) ? to : last;
        }

        void add(Board board, Instant from, Instant to) {
            reach(from, to);
            windows.add(board.window());
            scopes.add(board.scope());
        }
    }

    Listing list() {
        Map<String, Gathered> streams = new TreeMap<>();
        for (BoardSeen seen : history.boards()) {
            of(streams, seen.board().stream()).add(seen.board(), seen.first(), seen.last());
        }
        for (Map.Entry<Board, Instant> live : hub.newestTimes().entrySet()) {
            of(streams, live.getKey().stream()).add(live.getKey(), live.getValue(), live.getValue());
        }
        hub.clocks().forEach((stream, clock) -> of(streams, stream).reach(clock, clock));
        List<Entry> entries = new ArrayList<>();
        streams.forEach((name, g) -> entries.add(
                new Entry(name(name), name.isEmpty(), g.first, g.last, List.copyOf(g.windows), List.copyOf(g.scopes))));
        return new Listing(first(streams), hub.trouble().isEmpty() ? "up" : "down", entries);
    }

    /** The live stream if it has trends, else the replay that was heard last, with or without any, else any. */
    private String first(Map<String, Gathered> streams) {
        Gathered live = streams.get(Stream.LIVE.name());
        if (streams.isEmpty() || (live != null && !live.windows.isEmpty())) {
            return Parameters.LIVE;
        }
        String heard =
                hub.lastHeardStream() == null ? null : hub.lastHeardStream().name();
        return heard != null && streams.containsKey(heard)
                ? heard
                : name(streams.keySet().iterator().next());
    }

    private static String name(String stream) {
        return stream.isEmpty() ? Parameters.LIVE : stream;
    }

    private static Gathered of(Map<String, Gathered> streams, Stream stream) {
        return streams.computeIfAbsent(stream.name(), name -> new Gathered());
    }
}
