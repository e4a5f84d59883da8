package freshet.ingest.mock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The bytes of messages on the wire, before chunking: a line each, ended by CRLF, with its length (line end included)
 * on a line before it where the client asked for that; then compressed where it asked for that, flushed so that no
 * message waits within the compressor.
 */
final class Framing {

    private static final byte[] LINE_END = {'\r', '\n'};

    private final boolean delimited;
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private final GZIPOutputStream gzip;

    Framing(boolean delimited, boolean compress) {
        this.delimited = delimited;
        try {
            gzip = compress ? new QuickGzip(compressed) : null;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /** A live stream is flushed too often for the higher levels to gain much by their time. */
    private static final class QuickGzip extends GZIPOutputStream {
        QuickGzip(OutputStream out) throws IOException {
            super(out, 8192, true);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    void message(byte[] json) {
        if (delimited) {
            plain.writeBytes((json.length + LINE_END.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        plain.writeBytes(json);
        plain.writeBytes(LINE_END);
    }

    /** A beginning of a message. */
    void part(byte[] json) {
        plain.write(json, 0, json.length / 2);
    }

    void keepAlive() {
        plain.writeBytes(LINE_END);
    }

    /** Bytes that {@link #take} would compress or return. */
    int size() {
        return plain.size();
    }

    /** What has come since the last call, ready for the wire. */
    byte[] take() {
        if (gzip == null) {
            byte[] bytes = plain.toByteArray();
            plain.reset();
            return bytes;
        }
        try {
            plain.writeTo(gzip);
            plain.reset();
            gzip.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        byte[] bytes = compressed.toByteArray();
        compressed.reset();
        return bytes;
    }

    /** What ends the compressed stream; empty where there is none. */
    byte[] end() {
        if (gzip == null) {
            return new byte[0];
        }
        try {
            gzip.finish();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return compressed.toByteArray();
    }
}
