package freshet.trends.runtime;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/** A state in pieces that fit a record: it may be large, so there is never a copy of the whole. */
final class Chunks extends OutputStream {

    private static final int CHUNK_BYTES = 512 * 1024;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private final CRC32C crc = new CRC32C();
    private byte[] last = new byte[CHUNK_BYTES];
    private int used;
    private long length;

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        crc.update(bytes, offset, count);
        length += count;
        for (int done = 0; done < count; ) {
            if (used == CHUNK_BYTES) {
                full.add(last);
                last = new byte[CHUNK_BYTES];
                used = 0;
            }
            int piece = Math.min(count - done, CHUNK_BYTES - used);
            System.arraycopy(bytes, offset + done, last, used, piece);
            used += piece;
            done += piece;
        }
    }

    /** All that was written, one piece at least. */
    List<byte[]> all() {
        List<byte[]> all = new ArrayList<>(full);
        all.add(Arrays.copyOf(last, used));
        return all;
    }

    long length() {
        return length;
    }

    long crc() {
        return crc.getValue();
    }

    InputStream in() {
        List<InputStream> streams = new ArrayList<>();
        all().forEach(chunk -> streams.add(new ByteArrayInputStream(chunk)));
        return new BufferedInputStream(new SequenceInputStream(Collections.enumeration(streams)), BUFFER_BYTES);
    }
}
