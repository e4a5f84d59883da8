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
 * <p><b>Very heavy tags.</b> A window in which a tag has no more than {@code exactUsesMax} uses, an author's within one pane
 * being one, counts its authors. In another only the authors of a level or above are counted, and the count is doubled as
 * often: the lowest level at which there are no more than that ({@link freshet.trends.contract.Hash64#level}; adaptive
 * sampling: Flajolet, Computing 43, 1990). It is made of some 8,000 to 16,000 uses, so that its standard error is about one
 * per cent where authors use a tag once or twice. Posts are counted exactly whatever they are. A level follows from what is
 * in the window and from nothing else, so a tag that has become small is exact again, and the recount can hold an estimate
 * against its definition. Which rows that lets go is {@link freshet.trends.count.Thinning}'s; the smallest hashes of authors
 * are never among them, so stories compare samples as if all authors were there.
 *
 * <p><b>Bounds.</b> Uses: those within the longest window, at about 80 bytes, the post's details (100 to 200) and 20 to
 * 40 for each distinct pair of tag and author; ten million posts a day with a tag each are some 420,000 uses in an hour.
 * Of a tag at most {@code exactUsesMax} rows, half as many for each doubling of its uses beyond, and four bytes a pane: one
 * with a million uses an hour has 72,000. Open ones: those within the lateness and the drift that holding back allows.
 * Pasts: {@code historyTagsMax} per window. Everything falls out by event time at the end of a slide, unless there are more
 * than {@code usesMax} uses ({@link freshet.trends.count.LeastUsed}): then counts are of what is left, and
 * {@link freshet.trends.count.PartitionCount#forgottenUses} says so. Counts are exact, but
 * for two pairs of tag and author with one 64-bit hash (3 in a million among ten million). The author sample of a candidate
 * holds 64 hashes; texts, pairs and examples are of its newest 2,000 posts, and a slide looks at no more than twice
 * {@code exactUsesMax} rows of a heavy candidate.
 *
 * <p><b>Speed.</b> {@code ./freshet bench count}: one thread counts 200,000 to 300,000 uses a second, and about 90,000 while
 * half of them are of a tag with a million an hour that is a candidate, which is described slide by slide.
 */
package freshet.trends.count;
