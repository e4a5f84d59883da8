package freshet.storage.sql;

import freshet.ingest.contract.Stream;
import freshet.storage.history.Board;
import freshet.storage.history.BoardSeen;
import freshet.storage.history.HistoryException;
import freshet.storage.history.Moment;
import freshet.storage.history.TagSeen;
import freshet.storage.history.TimelinePoint;
import freshet.storage.history.TrendHistory;
import freshet.trends.contract.Band;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** Answers from the database, a pooled connection per question. */
final class SqlTrendHistory implements TrendHistory {

    private static final String OF_BOARD =
            " (SELECT id FROM board WHERE stream = ? AND window_name = ? AND scope = ?) ";
    private static final String TAG = "SELECT tag, display, first_at, last_at, peak_authors, peak_window FROM tag";

    private final DataSource database;

    SqlTrendHistory(DataSource database) {
        this.database = database;
    }

    @Override
    public Optional<Ranking> rankingAt(Board board, Instant at) {
        return ranking(board, at, "at <= ? ORDER BY at DESC");
    }

    @Override
    public Optional<Ranking> rankingAfter(Board board, Instant at) {
        return ranking(board, at, "at > ? ORDER BY at");
    }

    private Optional<Ranking> ranking(Board board, Instant at, String which) {
        return first(ask(
                "SELECT body FROM ranking WHERE board_id =" + OF_BOARD + "AND " + which + " LIMIT 1",
                row -> RankingBody.unpack(row.getBytes(1)),
                board.stream().name(),
                board.window(),
                board.scope(),
                millis(at)));
    }

    @Override
    public List<TimelinePoint> timeline(Board board, String tag, Instant from, Instant to, int limit) {
        Buckets buckets = new Buckets(millis(from), millis(to), limit);
        List<TimelinePoint> points = new ArrayList<>();
        each(
                "SELECT at, life, place, state, posts, authors, expected, score, low, high FROM trend"
                        + " WHERE board_id =" + OF_BOARD + "AND tag = ? AND at >= ? AND at <= ? ORDER BY at",
                row -> {
                    boolean same = buckets.sameAsLast(row.getLong(1));
                    if (!same) {
                        points.add(point(row));
                    } else if (row.getLong(6) >= points.get(points.size() - 1).authors()) {
                        points.set(points.size() - 1, point(row)); // the peak is what a thinned line must not lose
                    }
                },
                board.stream().name(),
                board.window(),
                board.scope(),
                tag,
                millis(from),
                millis(to));
        return points;
    }

    private static TimelinePoint point(ResultSet row) throws SQLException {
        return new TimelinePoint(
                Instant.ofEpochMilli(row.getLong(1)),
                row.getString(2),
                row.getInt(3),
                State.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                row.getLong(5),
                row.getLong(6),
                row.getDouble(7),
                row.getDouble(8),
                band(row));
    }

    private static Band band(ResultSet row) throws SQLException {
        long high = row.getLong(10);
        return row.wasNull() ? null : new Band(row.getLong(9), high);
    }

    @Override
    public List<Moment> moments(Board board, Instant from, Instant to, int limit) {
        Buckets buckets = new Buckets(millis(from), millis(to), limit);
        List<Moment> moments = new ArrayList<>();
        each(
                "SELECT at, trends, breaking FROM ranking WHERE board_id =" + OF_BOARD
                        + "AND at >= ? AND at <= ? ORDER BY at",
                row -> {
                    boolean same = buckets.sameAsLast(row.getLong(1));
                    if (same) {
                        Moment last = moments.get(moments.size() - 1);
                        moments.set(
                                moments.size() - 1,
                                new Moment(
                                        last.at(),
                                        Math.max(last.trends(), row.getInt(2)),
                                        Math.max(last.breaking(), row.getInt(3))));
                    } else {
                        moments.add(new Moment(Instant.ofEpochMilli(row.getLong(1)), row.getInt(2), row.getInt(3)));
                    }
                },
                board.stream().name(),
                board.window(),
                board.scope(),
                millis(from),
                millis(to));
        return moments;
    }

    @Override
    public List<TagSeen> tags(Stream stream, String prefix, int limit) {
        return ask(
                TAG + " WHERE stream = ? AND tag >= ? AND tag < ? ORDER BY last_at DESC, tag LIMIT ?",
                SqlTrendHistory::tagSeen,
                stream.name(),
                prefix,
                prefix + Character.toString(Character.MAX_CODE_POINT),
                limit);
    }

    @Override
    public Optional<TagSeen> tag(Stream stream, String tag) {
        return first(ask(TAG + " WHERE stream = ? AND tag = ?", SqlTrendHistory::tagSeen, stream.name(), tag));
    }

    private static TagSeen tagSeen(ResultSet row) throws SQLException {
        return new TagSeen(
                row.getString(1),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5),
                row.getString(6));
    }

    @Override
    public List<BoardSeen> boards() {
        return ask(
                "SELECT b.stream, b.window_name, b.scope,"
                        + " (SELECT MIN(r.at) FROM ranking r WHERE r.board_id = b.id),"
                        + " (SELECT MAX(r.at) FROM ranking r WHERE r.board_id = b.id)"
                        + " FROM board b WHERE EXISTS (SELECT 1 FROM ranking r WHERE r.board_id = b.id)"
                        + " ORDER BY b.stream, b.window_name, b.scope",
                row -> new BoardSeen(
                        new Board(new Stream(row.getString(1)), row.getString(2), row.getString(3)),
                        Instant.ofEpochMilli(row.getLong(4)),
                        Instant.ofEpochMilli(row.getLong(5))));
    }

    @Override
    public boolean retracted(Stream stream, String source, String post, String author, Instant at) {
        return !ask(
                        "SELECT 1 FROM retraction WHERE stream = ? AND source = ?"
                                + " AND ((kind = 'post' AND target = ?) OR (kind = 'author' AND target = ? AND at >= ?))",
                        row -> true,
                        stream.name(),
                        source,
                        post,
                        author,
                        millis(at))
                .isEmpty();
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    private <T> List<T> ask(String sql, RowReader<T> reader, Object... values) {
        List<T> answer = new ArrayList<>();
        each(sql, row -> answer.add(reader.read(row)), values);
        return answer;
    }

    private void each(String sql, RowConsumer consumer, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            SqlHistoryWriter.set(statement, values);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    consumer.accept(row);
                }
            }
        } catch (SQLException e) {
            throw new HistoryException("the history does not answer: " + SqlDatabase.oneLine(e), e);
        }
    }

    private static <T> Optional<T> first(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(0));
    }

    /** Far-off instants (the API takes any) stay within what milliseconds hold. */
    private static long millis(Instant at) {
        try {
            return at.toEpochMilli();
        } catch (ArithmeticException e) {
            return at.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
