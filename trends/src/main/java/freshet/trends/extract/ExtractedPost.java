package freshet.trends.extract;

import freshet.trends.contract.Compact;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What counting needs of a post; it is kept as bytes until no retraction can concern it any more. */
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

    private static final int TEXT_HASH = 1;
    private static final int REPOST = 2;

    Row row(long at, int sign, long holdsFrom, boolean late, boolean total, List<Use> here, List<String> tags) {
        return new Row(
                at, sign, holdsFrom, offset, time, late, total, source, lang, cell, author, textHash, repostOf, postId,
                here, tags);
    }

    /** The row of a late post: it counts as late in its language and source, and nowhere else. */
    Row lateRow() {
        return row(offset, 1, HashtagUses.NO_WATERMARK, true, true, List.of(), List.of());
    }

    void write(Compact.Writer out) {
        identity(out, source, postId);
        out.varint(offset);
        out.varint(time);
        out.string(lang);
        out.string(cell);
        out.fixed8((textHash == 0 ? 0 : TEXT_HASH) | (repostOf == 0 ? 0 : REPOST));
        if (textHash != 0) {
            out.fixed64(textHash);
        }
        if (repostOf != 0) {
            out.fixed64(repostOf);
        }
        out.varint(uses.size());
        for (Use use : uses) {
            out.string(use.tag());
            // Most are spelled as they are folded.
            out.string(use.spelling().equals(use.tag()) ? "" : use.spelling());
        }
    }

    /** Reads what {@link #write} wrote into {@code bytes} from {@code at} on; the author stands elsewhere. */
    static ExtractedPost read(byte[] bytes, int at, long author) {
        Compact.Reader in = new Compact.Reader(ByteBuffer.wrap(bytes, at, bytes.length - at));
        String source = in.string();
        String postId = in.string();
        long offset = in.varint();
        long time = in.varint();
        String lang = in.string();
        String cell = in.string();
        byte there = in.fixed8();
        long textHash = (there & TEXT_HASH) == 0 ? 0 : in.fixed64();
        long repostOf = (there & REPOST) == 0 ? 0 : in.fixed64();
        int count = in.count();
        List<Use> uses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String tag = in.string();
            String spelling = in.string();
            uses.add(new Use(tag, spelling.isEmpty() ? tag : spelling));
        }
        return new ExtractedPost(offset, time, source, postId, lang, cell, author, textHash, repostOf, uses);
    }

    static void identity(Compact.Writer out, String source, String postId) {
        out.string(source);
        out.string(postId);
    }
}
