/**
 * Fills a history from topics: {@code trends} of every stream for its finals, {@code posts} for what was taken back.
 *
 * <p>How far a partition was read stands in the database, in the transaction that stored what was read, and reading goes
 * on from there; so a database that is lost, or copied back from yesterday, is filled again without a hole. The group's
 * committed offsets follow behind, for those who watch its lag, and share the partitions out among several dashboards of
 * one database.
 */
package freshet.storage.feed;
