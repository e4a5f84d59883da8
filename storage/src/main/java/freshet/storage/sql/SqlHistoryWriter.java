package freshet.storage.sql;

import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.Stream;
import freshet.storage.history.Board;
import freshet.storage.history.HistoryException;
import freshet.storage.history.HistoryWriter;
import freshet.storage.sql.KeptFinals.Kept;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.Trend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Writes a history: each batch and the position it brings its partition to, in one transaction. */
final class SqlHistoryWriter implements HistoryWriter {

    private static final long SWEEP_EVERY_MS = 3_600_000;

    private final Connection connection;
    private final HistoryConfig config;
    private final String id;
    private final Map<Board, KeptFinals> boards = new HashMap<>();
    private final Map<Board, Long> swept = new HashMap<>();

    SqlHistoryWriter(Connection connection, HistoryConfig config) throws SQLException {
        this.connection = connection;
        this.config = config;
        this.id = databaseId();
    }

    private String databaseId() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM database_id");
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                return row.getString(1);
            }
        }
        String fresh = UUID.randomUUID().toString().substring(0, 8);
        update("INSERT INTO database_id VALUES (?)", fresh);
        connection.commit();
        return fresh;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean adopt(Stream stream, String topic, String topicId) {
        return inTransaction("taking up " + stream.topic(topic), () -> {
            try (PreparedStatement select = prepare(
                            "SELECT 1 FROM position WHERE stream = ? AND topic = ? AND topic_id <> ?",
                            stream.name(),
                            topic,
                            topicId);
                    ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
            }
            forget(stream, topic);
            return true;
        });
    }

    private void forget(Stream stream, String topic) throws SQLException {
        if (topic.equals(PostsTopic.POSTS)) {
            update("DELETE FROM retraction WHERE stream = ?", stream.name());
        } else {
            String ofStream = " WHERE board_id IN (SELECT id FROM board WHERE stream = ?)";
            update("DELETE FROM ranking" + ofStream, stream.name());
            update("DELETE FROM trend" + ofStream, stream.name());
            update("DELETE FROM board WHERE stream = ?", stream.name());
            update("DELETE FROM tag WHERE stream = ?", stream.name());
            boards.clear();
            swept.clear();
        }
        update("DELETE FROM position WHERE stream = ? AND topic = ?", stream.name(), topic);
    }

    @Override
    public OptionalLong position(Stream stream, String topic, int partition) {
        return inTransaction("reading how far " + stream.topic(topic) + " was read", () -> {
            try (PreparedStatement select = prepare(
                            "SELECT next_offset FROM position WHERE stream = ? AND topic = ? AND kafka_partition = ?",
                            stream.name(),
                            topic,
                            partition);
                    ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        });
    }

    @Override
    public void rankings(Stretch stretch, List<Ranking> rankings) {
        inTransaction("storing trends of " + stretch.stream().topic(stretch.topic()), () -> {
            Set<Board> touched = new HashSet<>();
            try (PreparedStatement ranking = connection.prepareStatement(
                            "INSERT INTO ranking (board_id, at, trends, breaking, body) VALUES (?, ?, ?, ?, ?)"
                                    + " ON CONFLICT (board_id, at) DO NOTHING");
                    TrendRows rows = new TrendRows(connection, stretch.stream())) {
                for (Ranking next : rankings) {
                    if (next.isFinal()) {
                        Board board = Board.of(stretch.stream(), next);
                        touched.add(board);
                        keep(board(board), next, ranking, rows);
                    }
                }
                ranking.executeBatch();
                rows.flush();
            }
            for (Board board : touched) {
                KeptFinals kept = boards.get(board);
                update("UPDATE board SET last_at = ? WHERE id = ?", kept.lastAt(), kept.boardId());
                sweep(board, kept);
            }
            advance(stretch);
            return null;
        });
    }

    private static void keep(KeptFinals board, Ranking next, PreparedStatement insert, TrendRows rows)
            throws SQLException {
        Set<String> changed = new HashSet<>();
        Kept kept = board.next(next, changed);
        if (kept == Kept.NOTHING) {
            return;
        }
        int breaking = 0;
        for (Trend trend : next.trends()) {
            breaking += trend.state() == Ranking.State.BREAKING ? 1 : 0;
            if (kept == Kept.ALL || changed.contains(trend.id())) {
                rows.add(board.boardId(), next, trend);
            }
        }
        set(insert, board.boardId(), next.at().toEpochMilli(), next.trends().size(), breaking, RankingBody.pack(next));
        insert.addBatch();
    }

    private KeptFinals board(Board board) throws SQLException {
        KeptFinals known = boards.get(board);
        if (known != null) {
            return known;
        }
        update(
                "INSERT INTO board (stream, window_name, scope, last_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (stream, window_name, scope) DO NOTHING",
                board.stream().name(),
                board.window(),
                board.scope(),
                Long.MIN_VALUE);
        try (PreparedStatement select = prepare(
                        "SELECT b.id, b.last_at, (SELECT r.body FROM ranking r WHERE r.board_id = b.id"
                                + " ORDER BY r.at DESC LIMIT 1) FROM board b"
                                + " WHERE b.stream = ? AND b.window_name = ? AND b.scope = ?",
                        board.stream().name(),
                        board.window(),
                        board.scope());
                ResultSet row = select.executeQuery()) {
            row.next();
            byte[] body = row.getBytes(3);
            KeptFinals kept =
                    new KeptFinals(row.getInt(1), row.getLong(2), body == null ? null : RankingBody.unpack(body));
            boards.put(board, kept);
            return kept;
        }
    }

    /** Enforces the retention, at most once per hour of a board's event time. */
    private void sweep(Board board, KeptFinals kept) throws SQLException {
        long now = kept.lastAt();
        if (swept.getOrDefault(board, Long.MIN_VALUE / 2) > now - SWEEP_EVERY_MS) {
            return;
        }
        swept.put(board, now);
        long oldest = now - config.retention().toMillis();
        update("DELETE FROM ranking WHERE board_id = ? AND at < ?", kept.boardId(), oldest);
        update("DELETE FROM trend WHERE board_id = ? AND at < ?", kept.boardId(), oldest);
        long oldestTag = now - config.tagRetention().toMillis();
        update(
                "DELETE FROM tag WHERE stream = ? AND last_at < ?",
                board.stream().name(),
                oldestTag);
        update(
                "DELETE FROM retraction WHERE stream = ? AND at < ?",
                board.stream().name(),
                oldestTag);
    }

    @Override
    public void retractions(Stretch stretch, List<Retraction> retractions) {
        inTransaction("storing retractions of " + stretch.stream().topic(stretch.topic()), () -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO retraction (stream, source, kind, target, at) VALUES (?, ?, ?, ?, ?)"
                            + " ON CONFLICT (stream, source, kind, target) DO UPDATE SET at = excluded.at"
                            + " WHERE excluded.at > retraction.at")) {
                for (Retraction next : retractions) {
                    boolean post = next.post() != null;
                    set(
                            insert,
                            stretch.stream().name(),
                            next.source(),
                            post ? "post" : "author",
                            post ? next.post() : next.author(),
                            next.time());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            advance(stretch);
            return null;
        });
    }

    private void advance(Stretch stretch) throws SQLException {
        update(
                "INSERT INTO position (stream, topic, kafka_partition, topic_id, next_offset) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (stream, topic, kafka_partition) DO UPDATE"
                        + " SET topic_id = excluded.topic_id, next_offset = excluded.next_offset",
                stretch.stream().name(),
                stretch.topic(),
                stretch.partition(),
                stretch.topicId(),
                stretch.to());
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private synchronized <T> T inTransaction(String what, Work<T> work) {
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            boards.clear(); // what they took note of was not stored
            swept.clear();
            try {
                connection.rollback();
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw new HistoryException(what + " failed: " + SqlDatabase.oneLine(e), e);
        }
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        set(statement, values);
        return statement;
    }

    static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
