package freshet.ingest.contract;

import java.util.List;

/**
 * A post of a social medium in canonical form.
 *
 * @param id the source's own id of it; unique within the source
 * @param source where it comes from, e.g. {@code twitter}, {@code bluesky}
 * @param time when it was created, event time in milliseconds (JSON {@code created_at})
 * @param lang BCP 47 language tag, or null where unknown
 * @param repostOf id of the post that this one repeats, or null; a repost is a use of its tags by its own author
 * @param geo where it was written, or null
 * @param author who wrote (or reposted) it
 * @param hashtags exactly as written, without the leading {@code #}; null where the record has no such field, which ingest
 *     never writes but another producer may: then they are to be taken from the text by the twitter-text rules
 * @param textHash a hash of the text without links, handles and case, equal for near-identical texts; or null
 * @param text what it says
 * @param replyTo id of the post that it answers, or null
 * @param url its address, or null
 */
public record Post(
        String id,
        String source,
        long time,
        String lang,
        String repostOf,
        Geo geo,
        Author author,
        List<String> hashtags,
        String textHash,
        String text,
        String replyTo,
        String url)
        implements PostsRecord {

    /**
     * The author of a post.
     *
     * @param id the source's own id
     * @param name handle, or null
     * @param followers number of followers, or null
     * @param createdAt when the account was made, milliseconds, or null
     */
    public record Author(String id, String name, Long followers, Long createdAt) {}

    /** A place in degrees. */
    public record Geo(double lat, double lon) {

        /** The place, or null where there is no such place. */
        public static Geo ofDegrees(double lat, double lon) {
            return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? new Geo(lat, lon) : null;
        }
    }
}
