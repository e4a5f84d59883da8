package freshet.trends.extract;

import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.Retraction;
import freshet.ingest.text.Hashtags;
import freshet.ingest.text.TagFold;
import freshet.trends.contract.Hash64;
import freshet.trends.contract.HashtagUses.Use;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads records of {@code posts}, which any producer may write: what could hurt those behind (times out of range, ids of a
 * megabyte, ten thousand tags) is refused or capped here.
 */
final class PostReader {

    /** The last millisecond of the year 9999. */
    private static final long TIME_MAX = 253_402_300_799_999L;

    /** The record's own timestamp is its event time: a post that claims to be later than this beyond it is not believed. */
    private static final long AHEAD_MAX = 3_600_000;

    private static final int ID_MAX = 512;
    private static final int NAME_MAX = 64;

    private PostReader() {}

    /**
     * @param timestamp the record's own
     * @throws MalformedRecordException with one line that says why the record is none
     */
    static PostsRecord read(byte[] value, long timestamp) throws MalformedRecordException {
        PostsRecord record = PostCodec.decodeHead(value);
        if (record instanceof Post post && post.hashtags() == null) {
            record = PostCodec.decode(value);
        }
        check(record, timestamp);
        return record;
    }

    private static void check(PostsRecord record, long timestamp) throws MalformedRecordException {
        long time = record.time();
        if (time < 0 || time > TIME_MAX) {
            throw new MalformedRecordException("its time is not within the years 1970 to 9999");
        }
        if (time - timestamp > AHEAD_MAX && !(record instanceof Retraction)) {
            throw new MalformedRecordException("its time is " + (time - timestamp) / 1000
                    + " s ahead of the record's own timestamp, more than the allowed hour");
        }
        if (record instanceof Post post) {
            limit(post.id(), 1, ID_MAX, "id");
            limit(post.source(), 1, NAME_MAX, "source");
            limit(post.author().id(), 1, ID_MAX, "author.id");
            limit(post.lang(), 0, NAME_MAX, "lang");
        }
    }

    private static void limit(String value, int min, int max, String field) throws MalformedRecordException {
        int length = value == null ? 0 : value.length();
        if (length < min || length > max) {
            throw new MalformedRecordException(
                    "field " + field + " has " + length + " characters, not " + min + " to " + max);
        }
    }

    static ExtractedPost extract(Post post, long offset) {
        return new ExtractedPost(
                offset,
                post.time(),
                post.source(),
                post.id(),
                post.lang() == null ? "" : post.lang(),
                post.geo() == null
                        ? ""
                        : Geohash.of(post.geo().lat(), post.geo().lon()),
                Hash64.author(post.source(), post.author().id()),
                hash(post.textHash()),
                hash(post.repostOf()),
                uses(post));
    }

    /** Each tag once, as the post spells it first. */
    private static List<Use> uses(Post post) {
        List<String> written = post.hashtags() != null ? post.hashtags() : Hashtags.of(post.text());
        if (written.isEmpty()) {
            return List.of();
        }
        List<Use> uses = new ArrayList<>(Math.min(written.size(), ExtractSettings.TAGS_MAX));
        Set<String> seen = new HashSet<>();
        for (String spelling : written) {
            if (uses.size() == ExtractSettings.TAGS_MAX) {
                break;
            }
            if (spelling == null || spelling.length() > 2 * ExtractSettings.TAG_LENGTH_MAX) {
                continue;
            }
            String tag = TagFold.fold(spelling);
            if (!tag.isEmpty() && tag.length() <= ExtractSettings.TAG_LENGTH_MAX && seen.add(tag)) {
                uses.add(new Use(tag, spelling));
            }
        }
        return uses;
    }

    /** 0 stands for none. */
    private static long hash(String value) {
        if (value == null || value.isEmpty()) {
            return 0;
        }
        long hash = Hash64.of(value);
        return hash == 0 ? 1 : hash;
    }
}
