package freshet.storage.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import freshet.storage.history.HistoryWriter;
import freshet.storage.history.TrendHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** An open database of histories: one writing connection, a small pool of reading ones. */
public final class SqlDatabase implements AutoCloseable {

    private static final int READERS = 4;
    private static final int BUSY_MS = 10_000;

    private final Connection writing;
    private final HikariDataSource reading;
    private final SqlHistoryWriter writer;
    private final SqlTrendHistory history;

    private SqlDatabase(Connection writing, HikariDataSource reading, HistoryConfig config) throws SQLException {
        this.writing = writing;
        this.reading = reading;
        this.writer = new SqlHistoryWriter(writing, config);
        this.history = new SqlTrendHistory(reading);
    }

    /**
     * Opens the database and brings its schema up to date.
     *
     * @throws IOException in one line: the file cannot be written, is no database, or is of a newer release
     */
    public static SqlDatabase open(HistoryConfig config) throws IOException {
        String url = "jdbc:sqlite:" + config.file();
        if (config.file().toAbsolutePath().getParent() != null) {
            Files.createDirectories(config.file().toAbsolutePath().getParent());
        }
        Connection writing = null;
        HikariDataSource reading = null;
        try {
            writing = DriverManager.getConnection(url, pragmas(false).toProperties());
            Migrations.SQLITE.apply(writing);
            writing.setAutoCommit(false);
            reading = readers(url);
            return new SqlDatabase(writing, reading, config);
        } catch (SQLException | RuntimeException e) {
            close(reading);
            close(writing);
            throw new IOException(
                    "cannot open the history " + config.file() + ": " + oneLine(e)
                            + " (move the file away to begin a new one: it is filled again from the topic trends)",
                    e);
        }
    }

    private static HikariDataSource readers(String url) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setDataSourceProperties(pragmas(true).toProperties());
        pool.setMaximumPoolSize(READERS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(BUSY_MS);
        pool.setPoolName("history-readers");
        return new HikariDataSource(pool);
    }

    private static SQLiteConfig pragmas(boolean readOnly) {
        SQLiteConfig sqlite = new SQLiteConfig();
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL);
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        sqlite.setBusyTimeout(BUSY_MS);
        if (readOnly) {
            sqlite.setPragma(SQLiteConfig.Pragma.CACHE_SIZE, "-4000");
        }
        return sqlite;
    }

    public HistoryWriter writer() {
        return writer;
    }

    public TrendHistory history() {
        return history;
    }

    @Override
    public void close() {
        close(reading);
        close(writing);
    }

    private static void close(AutoCloseable closeable) {
        if (closeable != null) {
            try {
                closeable.close();
            } catch (Exception e) {
                org.slf4j.LoggerFactory.getLogger(SqlDatabase.class).warn("closing the history: {}", oneLine(e));
            }
        }
    }

    static String oneLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
