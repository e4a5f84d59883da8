package freshet.ingest.source.file;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import freshet.ingest.source.Lines;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Splits a byte stream into lines without copying them out of its buffer. The buffer grows with the longest line up to
 * {@link Lines#MAX_LINE}; of a longer line the beginning stays while the rest is read past and counted, so memory does
 * not depend on the input. A stream that breaks off, as a truncated archive does, ends with one faulty line that holds
 * what had come of it.
 */
final class StreamLines implements Lines {

    private static final int FIRST_BUFFER = 256 * 1024;
    /** How much of a line stays that is longer than the longest. */
    private static final int KEPT_OF_CUT = 512 * 1024;

    private static final int COMPRESSED_BUFFER = 64 * 1024;

    private final CountingInput raw;
    private final InputStream in;
    private final String name;
    private final long bytesTotal;

    private byte[] buffer = new byte[FIRST_BUFFER];
    /** Bytes between these two were read and not yet handed out. */
    private int from;

    private int to;
    private boolean ended;
    private String breakage;

    private int lineStart;
    private int lineLength;
    private long fullLength;
    private String fault;
    private long number;

    private StreamLines(CountingInput raw, InputStream in, String name, long bytesTotal) {
        this.raw = raw;
        this.in = in;
        this.name = name;
        this.bytesTotal = bytesTotal;
    }

    static StreamLines open(InputStream stream, String name, long bytesTotal) throws IOException {
        CountingInput raw = new CountingInput(stream);
        BufferedInputStream buffered = new BufferedInputStream(raw, COMPRESSED_BUFFER);
        buffered.mark(4);
        byte[] magic = buffered.readNBytes(4);
        buffered.reset();
        InputStream in = buffered;
        try {
            if (magic.length >= 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B) {
                in = new GZIPInputStream(buffered, COMPRESSED_BUFFER);
            } else if (magic.length == 4
                    && magic[0] == 0x28
                    && magic[1] == (byte) 0xB5
                    && magic[2] == 0x2F
                    && magic[3] == (byte) 0xFD) {
                in = new ZstdInputStreamNoFinalizer(buffered);
            }
        } catch (IOException e) {
            // Not even its header is whole: the first line will say so.
            StreamLines lines = new StreamLines(raw, buffered, name, bytesTotal);
            lines.breakOff(e);
            return lines;
        }
        return new StreamLines(raw, in, name, bytesTotal);
    }

    @Override
    public boolean next() throws IOException {
        fault = null;
        int scanned = from;
        while (true) {
            int newline = Bytes.indexOf(buffer, scanned, to, (byte) '\n');
            if (newline >= 0) {
                line(from, newline - from, newline - from);
                from = newline + 1;
                return true;
            }
            if (ended) {
                return last();
            }
            scanned = to;
            if (to == buffer.length) {
                if (from > 0) {
                    System.arraycopy(buffer, from, buffer, 0, to - from);
                    scanned -= from;
                    to -= from;
                    from = 0;
                } else if (buffer.length < MAX_LINE) {
                    buffer = java.util.Arrays.copyOf(buffer, Math.min(2 * buffer.length, MAX_LINE));
                } else {
                    return cut();
                }
            }
            fill(to);
        }
    }

    /** What stands after the last line end: a line too, or what was left when the stream broke off. */
    private boolean last() {
        int rest = to - from;
        if (rest == 0 && breakage == null) {
            return false;
        }
        line(from, rest, rest);
        fault = breakage;
        breakage = null;
        from = to;
        return true;
    }

    /** The buffer is full of one line: keeps its beginning and reads past the rest, using the buffer's own end. */
    private boolean cut() throws IOException {
        long length = to;
        while (true) {
            from = KEPT_OF_CUT;
            to = KEPT_OF_CUT;
            fill(to);
            int newline = Bytes.indexOf(buffer, from, to, (byte) '\n');
            if (newline >= 0) {
                length += newline - from;
                from = newline + 1;
                break;
            }
            length += to - from;
            from = to;
            if (ended) {
                break;
            }
        }
        number++;
        lineStart = 0;
        lineLength = KEPT_OF_CUT;
        fullLength = length;
        return true;
    }

    private void line(int start, int length, long whole) {
        number++;
        boolean carriageReturn = length > 0 && buffer[start + length - 1] == '\r';
        lineStart = start;
        lineLength = carriageReturn ? length - 1 : length;
        fullLength = carriageReturn ? whole - 1 : whole;
    }

    private void fill(int at) throws IOException {
        try {
            int read = in.read(buffer, at, buffer.length - at);
            if (read < 0) {
                ended = true;
            } else {
                to = at + read;
            }
        } catch (IOException e) {
            breakOff(e);
        }
    }

    private void breakOff(IOException e) {
        ended = true;
        breakage = name + " breaks off here: " + (e.getMessage() == null ? e.toString() : e.getMessage());
    }

    @Override
    public byte[] bytes() {
        return buffer;
    }

    @Override
    public int offset() {
        return lineStart;
    }

    @Override
    public int length() {
        return lineLength;
    }

    @Override
    public long fullLength() {
        return fullLength;
    }

    @Override
    public String fault() {
        return fault;
    }

    @Override
    public long ordinal() {
        return number;
    }

    @Override
    public String origin() {
        return name;
    }

    @Override
    public long bytesRead() {
        return raw.count();
    }

    @Override
    public long bytesTotal() {
        return bytesTotal;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
