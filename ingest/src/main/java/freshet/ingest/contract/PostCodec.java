package freshet.ingest.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
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

    /** Field names, encoded once. */
    private static final class Names {
        static final SerializableString ID = new SerializedString("id");
        static final SerializableString SOURCE = new SerializedString("source");
        static final SerializableString CREATED_AT = new SerializedString("created_at");
        static final SerializableString LANG = new SerializedString("lang");
        static final SerializableString REPOST_OF = new SerializedString("repost_of");
        static final SerializableString GEO = new SerializedString("geo");
        static final SerializableString LAT = new SerializedString("lat");
        static final SerializableString LON = new SerializedString("lon");
        static final SerializableString AUTHOR = new SerializedString("author");
        static final SerializableString NAME = new SerializedString("name");
        static final SerializableString FOLLOWERS = new SerializedString("followers");
        static final SerializableString HASHTAGS = new SerializedString("hashtags");
        static final SerializableString TEXT_HASH = new SerializedString("text_hash");
        static final SerializableString TEXT = new SerializedString("text");
        static final SerializableString REPLY_TO = new SerializedString("reply_to");
        static final SerializableString URL = new SerializedString("url");
        static final SerializableString RETRACTS = new SerializedString("retracts");
        static final SerializableString POST = new SerializedString("post");
        static final SerializableString AT = new SerializedString("at");
        static final SerializableString TIME = new SerializedString("time");
    }

    private PostCodec() {}

    /** Writes a record. Half a surrogate pair, which UTF-8 can't hold, is written as U+FFFD. */
    public static byte[] encode(PostsRecord record) {
        BufferRecycler buffers = JSON._getBufferRecycler();
        try (ByteArrayBuilder out = new ByteArrayBuilder(buffers)) {
            try (JsonGenerator json = JSON.createGenerator(out)) {
                json.writeStartObject();
                if (record instanceof Post post) {
                    write(post, json);
                } else if (record instanceof Retraction retraction) {
                    json.writeFieldName(Names.RETRACTS);
                    json.writeStartObject();
                    optional(json, Names.POST, retraction.post());
                    optional(json, Names.AUTHOR, retraction.author());
                    json.writeEndObject();
                    optional(json, Names.SOURCE, retraction.source());
                    time(json, Names.AT, retraction.time());
                } else {
                    time(json, Names.TIME, record.time());
                }
                json.writeEndObject();
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        } finally {
            buffers.releaseToPool();
        }
    }

    private static void write(Post post, JsonGenerator json) throws IOException {
        optional(json, Names.ID, post.id());
        optional(json, Names.SOURCE, post.source());
        time(json, Names.CREATED_AT, post.time());
        optional(json, Names.LANG, post.lang());
        optional(json, Names.REPOST_OF, post.repostOf());
        if (post.geo() != null) {
            json.writeFieldName(Names.GEO);
            json.writeStartObject();
            json.writeFieldName(Names.LAT);
            json.writeNumber(post.geo().lat());
            json.writeFieldName(Names.LON);
            json.writeNumber(post.geo().lon());
            json.writeEndObject();
        }
        json.writeFieldName(Names.AUTHOR);
        json.writeStartObject();
        optional(json, Names.ID, post.author().id());
        optional(json, Names.NAME, post.author().name());
        if (post.author().followers() != null) {
            json.writeFieldName(Names.FOLLOWERS);
            json.writeNumber(post.author().followers());
        }
        if (post.author().createdAt() != null) {
            time(json, Names.CREATED_AT, post.author().createdAt());
        }
        json.writeEndObject();
        List<String> hashtags = post.hashtags();
        if (hashtags != null) {
            json.writeFieldName(Names.HASHTAGS);
            json.writeStartArray();
            for (String tag : hashtags) {
                json.writeString(wellFormed(tag));
            }
            json.writeEndArray();
        }
        optional(json, Names.TEXT_HASH, post.textHash());
        optional(json, Names.TEXT, post.text());
        optional(json, Names.REPLY_TO, post.replyTo());
        optional(json, Names.URL, post.url());
    }

    private static void time(JsonGenerator json, SerializableString name, long millis) throws IOException {
        json.writeFieldName(name);
        json.writeString(IsoTime.format(millis));
    }

    private static void optional(JsonGenerator json, SerializableString name, String value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            json.writeString(wellFormed(value));
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
