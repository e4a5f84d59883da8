package freshet.ingest.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes and reads the JSON values of {@code posts}. What extracting needs stands before the text, so that a reader may
 * stop early. Unknown fields are skipped, so that fields may be added. Thread-safe.
 */
public final class PostCodec {

    // Detection would take `{` followed by NUL for UTF-16; the contract is UTF-8.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private PostCodec() {}

    /** Writes a record. Half a surrogate pair, which UTF-8 can't hold, is written as U+FFFD. */
    public static byte[] encode(PostsRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            if (record instanceof Post post) {
                write(post, json);
            } else if (record instanceof Retraction retraction) {
                json.writeObjectFieldStart("retracts");
                optional(json, "post", retraction.post());
                optional(json, "author", retraction.author());
                json.writeEndObject();
                optional(json, "source", retraction.source());
                json.writeStringField("at", IsoTime.format(retraction.time()));
            } else {
                json.writeStringField("time", IsoTime.format(record.time()));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    private static void write(Post post, JsonGenerator json) throws IOException {
        optional(json, "id", post.id());
        optional(json, "source", post.source());
        json.writeStringField("created_at", IsoTime.format(post.time()));
        optional(json, "lang", post.lang());
        optional(json, "repost_of", post.repostOf());
        if (post.geo() != null) {
            json.writeObjectFieldStart("geo");
            json.writeNumberField("lat", post.geo().lat());
            json.writeNumberField("lon", post.geo().lon());
            json.writeEndObject();
        }
        json.writeObjectFieldStart("author");
        optional(json, "id", post.author().id());
        optional(json, "name", post.author().name());
        if (post.author().followers() != null) {
            json.writeNumberField("followers", post.author().followers());
        }
        if (post.author().createdAt() != null) {
            json.writeStringField("created_at", IsoTime.format(post.author().createdAt()));
        }
        json.writeEndObject();
        List<String> hashtags = post.hashtags();
        if (hashtags != null) {
            json.writeArrayFieldStart("hashtags");
            for (String tag : hashtags) {
                json.writeString(wellFormed(tag));
            }
            json.writeEndArray();
        }
        optional(json, "text_hash", post.textHash());
        optional(json, "text", post.text());
        optional(json, "reply_to", post.replyTo());
        optional(json, "url", post.url());
    }

    private static void optional(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, wellFormed(value));
        }
    }

    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
                    return repaired(text);
                }
                i++;
            }
        }
        return text;
    }

    private static String repaired(String text) {
        return text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Reads a whole record. */
    public static PostsRecord decode(byte[] value) throws MalformedRecordException {
        return decode(value, true);
    }

    /** Reads a whole record that is a part of an array. */
    public static PostsRecord decode(byte[] bytes, int offset, int length) throws MalformedRecordException {
        return decode(bytes, offset, length, true);
    }

    /**
     * Reads a record up to where its text begins: {@code text}, {@code reply_to} and {@code url} of a post stay null, and
     * {@code hashtags} stays null where the record has none before its text.
     */
    public static PostsRecord decodeHead(byte[] value) throws MalformedRecordException {
        return decode(value, false);
    }

    private static PostsRecord decode(byte[] value, boolean whole) throws MalformedRecordException {
        if (value == null) {
            throw new MalformedRecordException("no value");
        }
        return decode(value, 0, value.length, whole);
    }

    private static PostsRecord decode(byte[] bytes, int offset, int length, boolean whole)
            throws MalformedRecordException {
        try (JsonParser json = JSON.createParser(bytes, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecordException("not a JSON object");
            }
            return new RecordReader(json).read(whole);
        } catch (IOException e) {
            throw new MalformedRecordException("not JSON: " + firstLine(e.getMessage()));
        }
    }

    private static String firstLine(String message) {
        return message == null ? "?" : message.lines().findFirst().orElse("?");
    }
}
