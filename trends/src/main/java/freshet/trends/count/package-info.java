/**
 * Counts uses of hashtags in sliding windows, one {@link freshet.trends.count.PartitionCount} per partition of
 * {@code hashtag-uses}. Pure: batches and a snapshot in, candidates and a snapshot out, one thread, no clock.
 *
 * <p>A <b>use</b> waits as an open use until the watermarks of all source partitions have passed its pane. Then it moves
 * to the <b>log</b>, one sorted sequence for all windows, each of which is a pair of positions in it: a window that
 * slides adds the uses at its head and takes away those at its tail. A tag is judged when its count has changed, and as
 * long as it is a candidate; ends at which nothing can change are jumped over.
 *
 * <p><b>Why the order of arrival leaves no trace.</b> A window that ends at E closes when all watermarks have reached E.
 * By then every use before E is here, since a later one of its partition would be late, and so is every retraction that
 * holds before E, since it stands before the record that brought its partition's watermark to E. So when windows close,
 * in order of their ends and then of the settings, the log up to E, its retracted rows, and with them counts, candidates
 * and pasts are functions of {@code posts}. How far the closed time has come at a flush is not: it only cuts the same
 * slides into records. A look at what is still open ({@link freshet.trends.count.PartitionCount#early}) is taken back.
 *
 * <p><b>Bounds.</b> Uses: those within the longest window, at about 80 bytes, the post's details (100 to 200) and 20 to
 * 40 for each distinct pair of tag and author; ten million posts a day with a tag each are some 420,000 uses in an hour.
 * Open ones: those within the lateness and the drift that holding back allows. Tags: those with a use. Pasts:
 * {@code historyTagsMax} per window. Everything falls out by event time at the end of a slide. Counts are exact, but for
 * two pairs of tag and author with one 64-bit hash (3 in a million among ten million). The author sample of a candidate
 * holds 64 hashes; texts, pairs and examples are of its newest 2,000 posts.
 */
package freshet.trends.count;
