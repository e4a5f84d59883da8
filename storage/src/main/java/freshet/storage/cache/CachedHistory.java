package freshet.storage.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import freshet.ingest.contract.Stream;
import freshet.storage.history.Board;
import freshet.storage.history.BoardSeen;
import freshet.storage.history.Moment;
import freshet.storage.history.TagSeen;
import freshet.storage.history.TimelinePoint;
import freshet.storage.history.TrendHistory;
import freshet.trends.contract.Ranking;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A history that remembers which ranking followed which moment. An answer to "at or before {@code at}" is final once a
 * later ranking is kept, since finals arrive in order; so such an answer is cached when it was asked with a later one
 * present, and the newest never is. {@link #forget} empties it when a stream starts afresh.
 */
public final class CachedHistory implements TrendHistory {

    private static final int RANKINGS = 500;

    private final TrendHistory history;
    private final Cache<Key, Ranking> rankings =
            Caffeine.newBuilder().maximumSize(RANKINGS).recordStats().build();

    private volatile int run;

    /** The run keeps an answer that was under way while a stream started afresh from being found later. */
    private record Key(int run, Board board, Instant at, boolean after) {}

    public CachedHistory(TrendHistory history) {
        this.history = history;
    }

    /** Drops all answers; the rankings of a stream that starts afresh may differ from those of its first run. */
    public synchronized void forget() {
        run++;
        rankings.invalidateAll();
    }

    @Override
    public Optional<Ranking> rankingAt(Board board, Instant at) {
        Key key = new Key(run, board, at, false);
        Ranking cached = rankings.getIfPresent(key);
        if (cached != null) {
            return Optional.of(cached);
        }
        boolean passed = history.rankingAfter(board, at).isPresent();
        Optional<Ranking> answer = history.rankingAt(board, at);
        if (passed) {
            answer.ifPresent(ranking -> rankings.put(key, ranking));
        }
        return answer;
    }

    @Override
    public Optional<Ranking> rankingAfter(Board board, Instant at) {
        Key key = new Key(run, board, at, true);
        Ranking cached = rankings.getIfPresent(key);
        if (cached != null) {
            return Optional.of(cached);
        }
        Optional<Ranking> answer = history.rankingAfter(board, at); // the first after a moment stays the first
        answer.ifPresent(ranking -> rankings.put(key, ranking));
        return answer;
    }

    @Override
    public List<TimelinePoint> timeline(Board board, String tag, Instant from, Instant to, int limit) {
        return history.timeline(board, tag, from, to, limit);
    }

    @Override
    public List<Moment> moments(Board board, Instant from, Instant to, int limit) {
        return history.moments(board, from, to, limit);
    }

    @Override
    public List<TagSeen> tags(Stream stream, String prefix, int limit) {
        return history.tags(stream, prefix, limit);
    }

    @Override
    public Optional<TagSeen> tag(Stream stream, String tag) {
        return history.tag(stream, tag);
    }

    @Override
    public List<BoardSeen> boards() {
        return history.boards();
    }

    @Override
    public boolean retracted(Stream stream, String source, String post, String author, Instant at) {
        return history.retracted(stream, source, post, author, at);
    }
}
