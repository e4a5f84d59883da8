package freshet.trends.extract;

import freshet.trends.contract.Compact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What a stretch of a partition left to be remembered: its posts and its retractions, in order. The same bytes are the
 * memory of {@link RecentPosts} and the record from which a successor has that memory again, so that a restart costs
 * reading them and no more. They never change once they are sealed.
 *
 * <pre>
 * version 1 | crc-32c of all that follows 4 | from 8 | to 8 | clock before 8 | clock after 8 | entries
 * entry: kind 1 | offset, less the last one's (varint) | clock, less the last one's (varint) | …
 *   a post: key of its id 8 | author 8 | length (varint) | content
 *   a retraction: how many posts ago the retracted one was (varint)
 * </pre>
 */
final class PostBlock {

    static final int HEADER = 37;

    /** A record's retractions take no more than this each, besides what the first of them takes. */
    static final int RETRACTION_BYTES_MAX = 12;

    private static final byte VERSION = 1;
    private static final int CRC_AT = 1;
    private static final int FROM_AT = 5;
    private static final byte COUNTED = 1;
    private static final byte UNCOUNTED = 2;
    private static final byte RETRACTION = 3;

    /** What a block holds, in order. */
    interface Entries {

        /**
         * A post.
         *
         * @param clock newest event time, this post's included
         * @param block the bytes in which its content begins at {@code at}
         */
        void post(long offset, long clock, boolean counted, long key, long author, byte[] block, int at);

        /** @param back how many posts ago the retracted one was */
        void retraction(long offset, long back);
    }

    private final byte[] bytes;
    private final ByteBuffer view;

    private PostBlock(byte[] bytes) {
        this.bytes = bytes;
        this.view = ByteBuffer.wrap(bytes);
    }

    /** @throws IOException with one line that says why it can't be read */
    static PostBlock of(byte[] bytes) throws IOException {
        if (bytes == null || bytes.length < HEADER) {
            throw new IOException("it is cut short");
        }
        if (bytes[0] != VERSION) {
            throw new IOException("it is of version " + bytes[0] + ", and this release reads version " + VERSION);
        }
        PostBlock block = new PostBlock(bytes);
        if (block.view.getInt(CRC_AT) != crc(bytes)) {
            throw new IOException("it is damaged (another checksum)");
        }
        return block;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, FROM_AT, bytes.length - FROM_AT);
        return (int) crc.getValue();
    }

    byte[] bytes() {
        return bytes;
    }

    /** The first offset of the stretch. */
    long from() {
        return view.getLong(FROM_AT);
    }

    /** The offset after the stretch. */
    long to() {
        return view.getLong(FROM_AT + 8);
    }

    /** Newest event time before the stretch; {@link Long#MIN_VALUE} for none. */
    long clockBefore() {
        return view.getLong(FROM_AT + 16);
    }

    /** Newest event time at its end. */
    long clockAfter() {
        return view.getLong(FROM_AT + 24);
    }

    void forEach(Entries entries) {
        Compact.Reader in = new Compact.Reader(ByteBuffer.wrap(bytes, HEADER, bytes.length - HEADER));
        long offset = from();
        long clock = clockBefore();
        while (!in.exhausted()) {
            byte kind = in.fixed8();
            offset += in.varint();
            clock += in.varint();
            if (kind == RETRACTION) {
                entries.retraction(offset, in.varint());
            } else {
                long key = in.fixed64();
                long author = in.fixed64();
                int length = in.count();
                entries.post(offset, clock, kind == COUNTED, key, author, bytes, in.position());
                in.skip(length);
            }
        }
    }

    /** A block that is being written. */
    static final class Open {
        private static final int CAPACITY = 64 * 1024;
        private static final int HEAD_MAX = 64;

        private final Compact.Writer head = new Compact.Writer(HEAD_MAX);
        private final long from;
        private final long clockBefore;
        private long lastOffset;
        private long lastClock;
        private byte[] bytes = new byte[CAPACITY];
        private int size = HEADER;

        Open(long from, long clockBefore) {
            this.from = from;
            this.clockBefore = clockBefore;
            this.lastOffset = from;
            this.lastClock = clockBefore;
        }

        /** Whether another entry with so much content still fits; an empty one takes whatever comes. */
        boolean fits(int contentBytes) {
            int needed = HEAD_MAX + contentBytes;
            if (size == HEADER && needed > bytes.length - HEADER) {
                bytes = new byte[HEADER + needed];
            }
            return needed <= bytes.length - size;
        }

        /** @return where in {@link #bytes} the content begins */
        int post(long offset, long clock, boolean counted, long key, long author, Compact.Writer content) {
            begin(counted ? COUNTED : UNCOUNTED, offset, clock);
            head.fixed64(key);
            head.fixed64(author);
            head.varint(content.size());
            append(head);
            int at = size;
            append(content);
            return at;
        }

        void retraction(long offset, long clock, long back) {
            begin(RETRACTION, offset, clock);
            head.varint(back);
            append(head);
        }

        private void begin(byte kind, long offset, long clock) {
            head.clear();
            head.fixed8(kind);
            head.varint(offset - lastOffset);
            // From "no clock" it wraps around, and back when it is read.
            head.varint(clock - lastClock);
            lastOffset = offset;
            lastClock = clock;
        }

        private void append(Compact.Writer part) {
            part.copyTo(bytes, size);
            size += part.size();
        }

        /** The bytes so far; others once {@link #fits} has made room or the block is sealed. */
        byte[] bytes() {
            return bytes;
        }

        PostBlock seal(long to, long clockAfter) {
            byte[] sealed = Arrays.copyOf(bytes, size);
            ByteBuffer header = ByteBuffer.wrap(sealed);
            header.put(0, VERSION);
            header.putLong(FROM_AT, from);
            header.putLong(FROM_AT + 8, to);
            header.putLong(FROM_AT + 16, clockBefore);
            header.putLong(FROM_AT + 24, clockAfter);
            header.putInt(CRC_AT, crc(sealed));
            return new PostBlock(sealed);
        }
    }
}
