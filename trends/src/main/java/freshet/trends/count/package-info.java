/**
 * Counts uses of hashtags in sliding windows, one {@link freshet.trends.count.PartitionCount} per partition of
 * {@code hashtag-uses}. Pure: batches and a snapshot in, candidates and a snapshot out, one thread, no clock.
 *
 * <p>A <b>use</b> waits as an open use until the watermarks of all source partitions have passed its pane. Then it moves
 * to the <b>log</b>, one sorted sequence for all windows, each of which is a pair of positions in it: a window that
 * slides adds the uses at its head and takes away those at its tail. Since what is in the log does not depend on the
 * order of arrival, nor does anything that follows.
 *
 * <p><b>Bounds.</b> Memory is what the longest window holds: about 80 bytes and the post's details per use, 20 to 40
 * bytes per distinct pair of tag and author; plus {@code historyTagsMax} remembered pasts per window. Uses
 * older than the longest window leave at the next slide of it; a tag's number goes with its last use.
 */
package freshet.trends.count;
