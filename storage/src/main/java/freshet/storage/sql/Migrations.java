package freshet.storage.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The versions of a database's schema, each a file of SQL applied once, in order, in a transaction of its own. A file
 * that was released never changes; a change of schema is a new file.
 */
final class Migrations {

    static final Migrations SQLITE = new Migrations("sqlite", List.of("1-history.sql", "2-band.sql"));

    private final String folder;
    private final List<String> files;

    Migrations(String folder, List<String> files) {
        this.folder = folder;
        this.files = files;
    }

    void apply(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY)");
            int version;
            try (ResultSet row = statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM schema_version")) {
                row.next();
                version = row.getInt(1);
            }
            if (version > files.size()) {
                throw new SQLException(
                        "its schema is version " + version + " of a newer release; this one knows " + files.size());
            }
            for (int next = version; next < files.size(); next++) {
                for (String sql : statements(files.get(next))) {
                    statement.execute(sql);
                }
                statement.execute("INSERT INTO schema_version VALUES (" + (next + 1) + ")");
                connection.commit();
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private List<String> statements(String file) {
        try (InputStream in = Migrations.class.getResourceAsStream(folder + "/" + file)) {
            String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)--.*$", "");
            return sql.lines().count() == 0
                    ? List.of()
                    : java.util.Arrays.stream(sql.split(";"))
                            .map(String::strip)
                            .filter(s -> !s.isEmpty())
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the schema " + file, e);
        }
    }
}
