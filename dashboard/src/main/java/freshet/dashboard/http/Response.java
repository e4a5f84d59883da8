package freshet.dashboard.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A whole answer.
 *
 * @param gzip the body, compressed, for those who accept it; or null
 * @param headers beyond length, type and those that every answer has
 */
public record Response(
        HttpResponseStatus status, String contentType, byte[] body, byte[] gzip, Map<String, String> headers)
        implements Answer {

    private static final int WORTH_ZIPPING = 2_000;

    public static final String JSON = "application/json; charset=utf-8";

    public static Response json(HttpResponseStatus status, String json) {
        return of(status, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    public static Response json(byte[] json) {
        return of(HttpResponseStatus.OK, JSON, json);
    }

    public static Response of(HttpResponseStatus status, String contentType, byte[] body) {
        return new Response(status, contentType, body, null, Map.of("Cache-Control", "no-store"));
    }

    /** The same with its body compressed as well, where that is worth it. */
    Response zipped() {
        if (gzip != null || body.length < WORTH_ZIPPING) {
            return this;
        }
        return new Response(status, contentType, body, gzip(body), headers).with("Vary", "Accept-Encoding");
    }

    /** Compresses a body. */
    public static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    /** The same with one more header. */
    public Response with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, contentType, body, gzip, more);
    }
}
