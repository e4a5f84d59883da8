/**
 * The contract of the topics {@code posts} and {@code posts-rejected}: what a record of theirs holds, how it is
 * written and read, what its key and headers are. Ingest owns it; every stage after ingest reads through it.
 *
 * <p>A record of {@code posts} is one of three kinds: a {@link freshet.ingest.contract.Post post}, a
 * {@link freshet.ingest.contract.Retraction retraction} of an earlier post or of an author, or a
 * {@link freshet.ingest.contract.TimeMarker time marker} that moves a quiet partition's clock. Its Kafka timestamp is
 * its event time. A post and its retraction bear the same key, {@code source:author.id}, so that one author's records
 * stand in one partition, in order. All times are milliseconds since the epoch, UTC, written as ISO-8601.
 */
package freshet.ingest.contract;
