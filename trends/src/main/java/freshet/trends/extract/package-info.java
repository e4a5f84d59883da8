/**
 * The first step: from the posts of one partition to the uses of hashtags in them, a function of that partition's
 * content alone.
 *
 * <p>What stands in the state ({@link freshet.trends.extract.RecentPosts}) depends on the records within a stated
 * stretch of event time. It is written down as it comes, in blocks ({@link freshet.trends.extract.PostBlock}) of which
 * a new owner reads those that still matter; where they can't be read, it reads that stretch of posts again in silence.
 * Then it goes on where its predecessor's rows were acknowledged: see
 * {@link freshet.trends.extract.PartitionExtract#resume}.
 */
package freshet.trends.extract;
