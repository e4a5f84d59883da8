package freshet.trends.extract;

import freshet.trends.contract.Compact;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What counting needs of a post; in memory it is kept as bytes, until no retraction can concern it any more. */
record ExtractedPost(
        long offset,
        long time,
        String source,
        String postId,
        String lang,
        String cell,
        long author,
        long textHash,
        long repostOf,
        List<Use> uses) {

    Row row(long at, int sign, long holdsFrom, boolean late, boolean total, List<Use> here, List<String> tags) {
        return new Row(
                at, sign, holdsFrom, offset, time, late, total, source, lang, cell, author, textHash, repostOf, postId,
                here, tags);
    }

    /** The row of a late post: it counts as late in its language and source, and nowhere else. */
    Row lateRow() {
        return row(offset, 1, HashtagUses.NO_WATERMARK, true, true, List.of(), List.of());
    }

    byte[] toBytes(Compact.Writer scratch) {
        scratch.clear();
        identity(scratch, source, postId);
        scratch.varint(offset);
        scratch.varint(time);
        scratch.string(lang);
        scratch.string(cell);
        scratch.fixed64(author);
        scratch.fixed64(textHash);
        scratch.fixed64(repostOf);
        scratch.varint(uses.size());
        for (Use use : uses) {
            scratch.string(use.tag());
            scratch.string(use.spelling());
        }
        return scratch.toBytes();
    }

    /** The bytes that {@link #toBytes} begins with: who it is. */
    byte[] identity(Compact.Writer scratch) {
        scratch.clear();
        identity(scratch, source, postId);
        return scratch.toBytes();
    }

    static ExtractedPost fromBytes(byte[] bytes) {
        Compact.Reader in = new Compact.Reader(ByteBuffer.wrap(bytes));
        String source = in.string();
        String postId = in.string();
        long offset = in.varint();
        long time = in.varint();
        String lang = in.string();
        String cell = in.string();
        long author = in.fixed64();
        long textHash = in.fixed64();
        long repostOf = in.fixed64();
        int count = in.count();
        List<Use> uses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            uses.add(new Use(in.string(), in.string()));
        }
        return new ExtractedPost(offset, time, source, postId, lang, cell, author, textHash, repostOf, uses);
    }

    static void identity(Compact.Writer out, String source, String postId) {
        out.string(source);
        out.string(postId);
    }
}
