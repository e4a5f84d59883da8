package freshet.storage.sql;

import freshet.ingest.contract.Stream;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.Trend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The rows of trends and tags of one batch; a tag is written once per batch however often it stood in it. */
final class TrendRows implements AutoCloseable {

    private final Stream stream;
    private final PreparedStatement trends;
    private final PreparedStatement tags;
    private final Map<String, Tag> seen = new HashMap<>();

    private static final class Tag {
        String display;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long peak = -1;
        String peakWindow;
    }

    TrendRows(Connection connection, Stream stream) throws SQLException {
        this.stream = stream;
        this.trends = connection.prepareStatement(
                "INSERT INTO trend (board_id, tag, at, life, place, state, posts, authors, expected, score,"
                        + " low, high)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (board_id, tag, at) DO NOTHING");
        this.tags = connection.prepareStatement(
                "INSERT INTO tag (stream, tag, display, first_at, last_at, peak_authors, peak_window)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (stream, tag) DO UPDATE SET"
                        + " display = CASE WHEN excluded.last_at >= tag.last_at THEN excluded.display"
                        + " ELSE tag.display END,"
                        + " first_at = CASE WHEN excluded.first_at < tag.first_at THEN excluded.first_at"
                        + " ELSE tag.first_at END,"
                        + " last_at = CASE WHEN excluded.last_at > tag.last_at THEN excluded.last_at"
                        + " ELSE tag.last_at END,"
                        + " peak_window = CASE WHEN excluded.peak_authors > tag.peak_authors"
                        + " THEN excluded.peak_window ELSE tag.peak_window END,"
                        + " peak_authors = CASE WHEN excluded.peak_authors > tag.peak_authors"
                        + " THEN excluded.peak_authors ELSE tag.peak_authors END");
    }

    void add(int board, Ranking ranking, Trend trend) throws SQLException {
        long at = ranking.at().toEpochMilli();
        SqlHistoryWriter.set(
                trends,
                board,
                trend.tag(),
                at,
                trend.id(),
                trend.rank(),
                trend.state().name().toLowerCase(Locale.ROOT),
                trend.count(),
                trend.authors(),
                trend.expected(),
                trend.score(),
                trend.band() == null ? null : trend.band().low(),
                trend.band() == null ? null : trend.band().high());
        trends.addBatch();
        Tag tag = seen.computeIfAbsent(trend.tag(), t -> new Tag());
        if (at >= tag.last) {
            tag.display = trend.display();
            tag.last = at;
        }
        tag.first = Math.min(tag.first, at);
        if (trend.authors() > tag.peak) {
            tag.peak = trend.authors();
            tag.peakWindow = ranking.window();
        }
    }

    void flush() throws SQLException {
        trends.executeBatch();
        for (Map.Entry<String, Tag> entry : seen.entrySet()) {
            Tag tag = entry.getValue();
            SqlHistoryWriter.set(
                    tags, stream.name(), entry.getKey(), tag.display, tag.first, tag.last, tag.peak, tag.peakWindow);
            tags.addBatch();
        }
        tags.executeBatch();
        seen.clear();
    }

    @Override
    public void close() throws SQLException {
        trends.close();
        tags.close();
    }
}
