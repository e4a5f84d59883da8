package freshet.trends.count;

import freshet.trends.contract.Compact;
import freshet.trends.contract.Hash64;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a use has besides the columns that counting reads: kept packed, read only where its tag is a candidate.
 *
 * @param postId the post's id
 * @param spelling as the post writes the tag
 * @param lang language, or empty
 * @param medium the post's source
 * @param textHash hash of its text, or 0
 * @param repostOf hash of the id of the post that it repeats, or 0
 * @param otherTags the post's other tags
 * @param original hash of the id of the post that was written first: the one repeated, or itself
 */
record UseDetail(
        String postId,
        String spelling,
        String lang,
        String medium,
        long textHash,
        long repostOf,
        List<String> otherTags,
        long original) {

    static byte[] pack(Row row, Use use, Compact.Writer scratch) {
        scratch.clear();
        scratch.string(row.postId());
        scratch.string(use.spelling());
        scratch.string(row.lang());
        scratch.string(row.source());
        scratch.fixed64(row.textHash());
        scratch.fixed64(row.repostOf());
        scratch.varint(row.tags().size() - (row.tags().contains(use.tag()) ? 1 : 0));
        for (String tag : row.tags()) {
            if (!tag.equals(use.tag())) {
                scratch.string(tag);
            }
        }
        return scratch.toBytes();
    }

    static UseDetail unpack(byte[] bytes) {
        Compact.Reader in = new Compact.Reader(ByteBuffer.wrap(bytes));
        String postId = in.string();
        String spelling = in.string();
        String lang = in.string();
        String medium = in.string();
        long textHash = in.fixed64();
        long repostOf = in.fixed64();
        int count = in.count();
        List<String> otherTags = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            otherTags.add(in.string());
        }
        long original = repostOf != 0 ? repostOf : Hash64.of(postId);
        return new UseDetail(postId, spelling, lang, medium, textHash, repostOf, otherTags, original);
    }
}
