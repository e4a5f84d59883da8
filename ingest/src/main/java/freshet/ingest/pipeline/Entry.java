package freshet.ingest.pipeline;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.TimeMarker;
import freshet.ingest.source.Lines;
import java.util.Arrays;

/**
 * A line on its way: what it says or why it can't be believed, where it stood, and its bytes, which only a rejected one
 * needs in the end. They stay where the source has them until {@link #moveTo} or {@link #keep}.
 */
final class Entry {

    final String origin;
    final long ordinal;
    final long fullLength;
    /** Null where {@link #reason} is not. */
    final PostsRecord record;

    private String reason;
    private byte[] buffer;
    private int offset;
    private final int length;

    Entry(Lines lines, PostsRecord record, String reason) {
        this.origin = lines.origin();
        this.ordinal = lines.ordinal();
        this.fullLength = lines.fullLength();
        this.record = record;
        this.reason = reason;
        this.buffer = lines.bytes();
        this.offset = lines.offset();
        this.length = Math.min(lines.length(), PostsTopic.REJECTED_BYTES_MAX);
    }

    /** How many of the line's bytes it holds. */
    int length() {
        return length;
    }

    /** Moves the bytes to where they outlive the source's next line; there must be room. */
    void moveTo(byte[] target, int at) {
        System.arraycopy(buffer, offset, target, at, length);
        buffer = target;
        offset = at;
    }

    /** Makes the entry independent of any buffer, so that it may wait for later lines. */
    void keep() {
        buffer = bytes();
        offset = 0;
    }

    /** The first bytes of the line, as many as a rejected record may hold. */
    byte[] bytes() {
        return Arrays.copyOfRange(buffer, offset, offset + length);
    }

    String position() {
        return origin + ":" + ordinal;
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
