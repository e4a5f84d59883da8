/**
 * The first step: from the posts of one partition to the uses of hashtags in them, a function of that partition's
 * content alone.
 *
 * <p>What stands in the state ({@link freshet.trends.extract.RecentPosts}) depends on the records within a stated
 * stretch of event time; nothing is stored outside the log. A new owner reads that stretch again in silence, then goes
 * on where its predecessor's rows were acknowledged: see {@link freshet.trends.extract.PartitionExtract#resume}.
 */
package freshet.trends.extract;
