package freshet.ingest.mock;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP client that hides nothing: what the wire holds, byte by byte. */
final class RawClient implements AutoCloseable {

    static final String SIGNED = "Authorization: OAuth oauth_consumer_key=\"k\", oauth_nonce=\"n\", "
            + "oauth_signature=\"s\", oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1\", "
            + "oauth_token=\"t\", oauth_version=\"1.0\"\r\n";

    private final Socket socket;
    final InputStream in;
    final int status;
    final Map<String, String> headers = new TreeMap<>();

    private RawClient(int port, String request) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        in = new BufferedInputStream(socket.getInputStream());
        status = Integer.parseInt(line().split(" ")[1]);
        for (String header = line(); !header.isEmpty(); header = line()) {
            String[] parts = header.split(": ", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
    }

    static RawClient get(Feed feed, String target, String... headers) throws IOException {
        return new RawClient(
                feed.port(), "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + SIGNED + String.join("", headers) + "\r\n");
    }

    static RawClient unsigned(Feed feed, String target) throws IOException {
        return new RawClient(feed.port(), "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    static RawClient send(Feed feed, String request) throws IOException {
        return new RawClient(feed.port(), request);
    }

    static RawClient post(Feed feed, String target, String form) throws IOException {
        return new RawClient(
                feed.port(),
                "POST " + target + " HTTP/1.1\r\nHost: x\r\n" + SIGNED
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + form.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + form);
    }

    /** A line that ends in CRLF, without it. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("ends within a line: " + line);
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        if (!text.endsWith("\r")) {
            throw new IOException("a line ends without CR: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    /** One chunk's bytes; empty for the last. */
    byte[] chunk() throws IOException {
        int size = Integer.parseInt(line(), 16);
        byte[] bytes = in.readNBytes(size);
        if (!line().isEmpty()) {
            throw new IOException("no CRLF after a chunk of " + size);
        }
        return bytes;
    }

    /** All chunks up to the last, which is there. */
    byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            body.write(chunk);
        }
        return body.toByteArray();
    }

    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
