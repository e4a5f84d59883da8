package freshet.ingest.pipeline;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.TimeMarker;
import freshet.ingest.source.Lines;
import java.util.Arrays;

/** A line on its way: what it says or why it can't be believed, where it stood, and its bytes while they are there. */
final class Entry {

    final long ordinal;
    final long fullLength;
    /** Null where {@link #reason} is not. */
    final PostsRecord record;

    private String reason;
    private Lines lines;
    private String position;
    private byte[] bytes;

    Entry(Lines lines, PostsRecord record, String reason) {
        this.lines = lines;
        this.ordinal = lines.ordinal();
        this.fullLength = lines.fullLength();
        this.record = record;
        this.reason = reason;
    }

    /** Makes the entry independent of the source's buffer, so that it may wait for later lines. */
    void keep() {
        if (lines != null) {
            position = lines.position();
            bytes = bytes();
            lines = null;
        }
    }

    /** The first bytes of the line, as many as a rejected record may hold. */
    byte[] bytes() {
        if (lines == null) {
            return bytes;
        }
        int length = Math.min(lines.length(), PostsTopic.REJECTED_BYTES_MAX);
        return Arrays.copyOfRange(lines.bytes(), lines.offset(), lines.offset() + length);
    }

    String position() {
        return lines == null ? position : lines.position();
    }

    void reject(String why) {
        reason = why;
    }

    /** Why it is rejected, or null. */
    String reason() {
        return reason;
    }

    /** Whether it says a time that others can be measured by. */
    boolean isDated() {
        return reason == null && (record instanceof Post || record instanceof TimeMarker);
    }

    long time() {
        return record.time();
    }

    boolean sameAuthor(Entry other) {
        return record instanceof Post post
                && other.record instanceof Post another
                && post.author().id().equals(another.author().id())
                && post.source().equals(another.source());
    }
}
