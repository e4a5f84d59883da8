/**
 * The history in a SQL database: SQLite, one file. {@link freshet.storage.sql.SqlDatabase} opens it, brings its schema up
 * to date and hands out its one writer and its readers.
 *
 * <p>SQL stays within what SQLite and PostgreSQL share (upserts by {@code ON CONFLICT}, no type affinity, no row ids);
 * what they do not share stands in the schema files, a folder per database. SQLite runs in WAL mode, so that readers
 * never wait for the writer. {@code synchronous=NORMAL}: after a power cut the last transactions may be gone, and their
 * positions with them, so they are read again from {@code trends}.
 */
package freshet.storage.sql;
