package freshet.trends.contract;

import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * The value of a record of {@code hashtag-uses}: what one target partition must know of a stretch of one partition of
 * {@code posts}. Extract writes one to <em>every</em> target partition for each stretch, empty or not, so that each of
 * them learns how far the source has been read and where its clock stands.
 *
 * @param sourceTopic id of the topic {@code posts} that it was extracted from
 * @param sourcePartition partition of it
 * @param sourcePartitions how many partitions it has: a slide closes when all their watermarks have passed it
 * @param begun the offset at which extracting this source partition began; what stands before it is in no batch
 * @param from first offset of the stretch; everything from {@code begun} up to it has been handed over earlier
 * @param to the offset after its last
 * @param watermark after the record before {@code to}: newest event time or marker, less the allowed lateness, in
 *     milliseconds; {@link #NO_WATERMARK} where no time is known yet
 * @param rows in order of {@link Row#at}
 */
public record HashtagUses(
        Uuid sourceTopic,
        int sourcePartition,
        int sourcePartitions,
        long begun,
        long from,
        long to,
        long watermark,
        List<Row> rows) {

    /** The first batch of a source partition. */
    public HashtagUses(
            Uuid sourceTopic,
            int sourcePartition,
            int sourcePartitions,
            long from,
            long to,
            long watermark,
            List<Row> rows) {
        this(sourceTopic, sourcePartition, sourcePartitions, from, from, to, watermark, rows);
    }

    /** The watermark of a partition that has not told a time yet. */
    public static final long NO_WATERMARK = Long.MIN_VALUE;

    /**
     * A post, as far as it concerns the target partition, or its taking back. The post counts in the slides that end at
     * E with {@code E - size <= time < E}; its retraction takes it out of those of them with {@code E > holdsFrom}. No
     * such slide can have closed before the row is applied.
     *
     * @param at offset of the record that wrote this row: the post's own, or its retraction's. A row is applied once, by
     *     this offset
     * @param sign +1, or -1 where a retraction repeats the row
     * @param holdsFrom of a retraction: the watermark before it, milliseconds; of a post {@link #NO_WATERMARK}
     * @param offset the post's offset in its source partition
     * @param time the post's event time, milliseconds
     * @param late older than the watermark that the records before it had reached: counted as late and nowhere else; it
     *     has no uses and is never retracted
     * @param total whether the post's share in the totals of all posts is this target partition's: true in exactly one
     * @param source where the post comes from
     * @param lang language, or empty
     * @param cell geohash of four characters (about 39 by 20 km), or empty
     * @param author {@link Hash64#author} of who wrote it
     * @param textHash hash of its text without links, handles and case; 0 where unknown
     * @param repostOf hash of the id of the post that it repeats; 0 where it repeats none
     * @param postId the source's id of the post
     * @param uses its tags that this target partition counts, each once
     * @param tags all folded tags of the post, this partition's and others', each once
     */
    public record Row(
            long at,
            int sign,
            long holdsFrom,
            long offset,
            long time,
            boolean late,
            boolean total,
            String source,
            String lang,
            String cell,
            long author,
            long textHash,
            long repostOf,
            String postId,
            List<Use> uses,
            List<String> tags) {}

    /**
     * A tag used by a post.
     *
     * @param tag folded
     * @param spelling as the post writes it
     */
    public record Use(String tag, String spelling) {}
}
