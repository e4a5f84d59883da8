package freshet.ingest.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads the JSON values of {@code posts}. What extracting needs stands before the text, so that a reader may
 * stop early. Unknown fields are skipped, so that fields may be added. Thread-safe.
 */
public final class PostCodec {

    private static final JsonFactory JSON = new JsonFactory();

    private PostCodec() {}

    public static byte[] encode(PostsRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            if (record instanceof Post post) {
                write(post, json);
            } else if (record instanceof Retraction retraction) {
                json.writeObjectFieldStart("retracts");
                json.writeStringField(
                        retraction.post() != null ? "post" : "author",
                        retraction.post() != null ? retraction.post() : retraction.author());
                json.writeEndObject();
                json.writeStringField("source", retraction.source());
                json.writeStringField("at", iso(retraction.time()));
            } else {
                json.writeStringField("time", iso(record.time()));
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    private static void write(Post post, JsonGenerator json) throws IOException {
        json.writeStringField("id", post.id());
        json.writeStringField("source", post.source());
        json.writeStringField("created_at", iso(post.time()));
        optional(json, "lang", post.lang());
        optional(json, "repost_of", post.repostOf());
        if (post.geo() != null) {
            json.writeObjectFieldStart("geo");
            json.writeNumberField("lat", post.geo().lat());
            json.writeNumberField("lon", post.geo().lon());
            json.writeEndObject();
        }
        json.writeObjectFieldStart("author");
        json.writeStringField("id", post.author().id());
        optional(json, "name", post.author().name());
        if (post.author().followers() != null) {
            json.writeNumberField("followers", post.author().followers());
        }
        if (post.author().createdAt() != null) {
            json.writeStringField("created_at", iso(post.author().createdAt()));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("hashtags");
        for (String tag : post.hashtags()) {
            json.writeString(tag);
        }
        json.writeEndArray();
        optional(json, "text_hash", post.textHash());
        json.writeStringField("text", post.text());
        optional(json, "reply_to", post.replyTo());
        optional(json, "url", post.url());
    }

    private static void optional(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    private static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** Reads a whole record. */
    public static PostsRecord decode(byte[] value) throws MalformedRecordException {
        return decode(value, true);
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
        try (JsonParser json = JSON.createParser(value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecordException("not a JSON object");
            }
            return new PostFields().read(json, whole);
        } catch (IOException e) {
            throw new MalformedRecordException("not JSON: " + firstLine(e.getMessage()));
        }
    }

    private static String firstLine(String message) {
        return message == null ? "?" : message.lines().findFirst().orElse("?");
    }

    /** The fields seen so far of the record being read. */
    private static final class PostFields {
        private String id;
        private String source;
        private Long createdAt;
        private String lang;
        private String repostOf;
        private Post.Geo geo;
        private Post.Author author;
        private List<String> hashtags;
        private String textHash;
        private String text;
        private String replyTo;
        private String url;
        private Long time;
        private Long at;
        private String retractedPost;
        private String retractedAuthor;

        PostsRecord read(JsonParser json, boolean whole) throws IOException, MalformedRecordException {
            boolean textSeen = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "id" -> id = string(json, name);
                    case "source" -> source = string(json, name);
                    case "created_at" -> createdAt = millis(json, name);
                    case "lang" -> lang = string(json, name);
                    case "repost_of" -> repostOf = string(json, name);
                    case "geo" -> geo = geo(json);
                    case "author" -> author = author(json);
                    case "hashtags" -> hashtags = strings(json, name);
                    case "text_hash" -> textHash = string(json, name);
                    case "text" -> {
                        textSeen = true;
                        if (!whole && id != null && source != null && createdAt != null && author != null) {
                            return post();
                        }
                        text = string(json, name);
                    }
                    case "reply_to" -> replyTo = string(json, name);
                    case "url" -> url = string(json, name);
                    case "time" -> time = millis(json, name);
                    case "at" -> at = millis(json, name);
                    case "retracts" -> retracts(json);
                    default -> json.skipChildren();
                }
            }
            if (retractedPost != null || retractedAuthor != null) {
                require(source, "source");
                require(at, "at");
                return new Retraction(source, retractedPost, retractedPost != null ? null : retractedAuthor, at);
            }
            if (time != null && id == null && !textSeen) {
                return new TimeMarker(time);
            }
            require(id, "id");
            require(source, "source");
            require(createdAt, "created_at");
            require(author, "author");
            require(text, "text");
            return post();
        }

        private Post post() {
            return new Post(id, source, createdAt, lang, repostOf, geo, author, hashtags, textHash, text, replyTo, url);
        }

        private static void require(Object value, String name) throws MalformedRecordException {
            if (value == null) {
                throw new MalformedRecordException("field " + name + " is missing");
            }
        }

        private void retracts(JsonParser json) throws IOException, MalformedRecordException {
            object(json, "retracts");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "post" -> retractedPost = string(json, name);
                    case "author" -> retractedAuthor = string(json, name);
                    default -> json.skipChildren();
                }
            }
        }

        private static Post.Author author(JsonParser json) throws IOException, MalformedRecordException {
            object(json, "author");
            String id = null;
            String name = null;
            Long followers = null;
            Long createdAt = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken token = json.nextToken();
                switch (field) {
                    case "id" -> id = string(json, "author.id");
                    case "name" -> name = string(json, "author.name");
                    case "followers" -> followers = token == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : null;
                    case "created_at" -> createdAt = millis(json, "author.created_at");
                    default -> json.skipChildren();
                }
            }
            require(id, "author.id");
            return new Post.Author(id, name, followers, createdAt);
        }

        private static Post.Geo geo(JsonParser json) throws IOException, MalformedRecordException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            object(json, "geo");
            Double lat = null;
            Double lon = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken token = json.nextToken();
                if (token.isNumeric() && field.equals("lat")) {
                    lat = json.getDoubleValue();
                } else if (token.isNumeric() && field.equals("lon")) {
                    lon = json.getDoubleValue();
                } else {
                    json.skipChildren();
                }
            }
            return lat == null || lon == null || Math.abs(lat) > 90 || Math.abs(lon) > 180
                    ? null
                    : new Post.Geo(lat, lon);
        }

        private static List<String> strings(JsonParser json, String name) throws IOException, MalformedRecordException {
            if (json.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new MalformedRecordException("field " + name + " is not an array");
            }
            List<String> strings = new ArrayList<>(4);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                strings.add(string(json, name));
            }
            return strings;
        }

        private static void object(JsonParser json, String name) throws MalformedRecordException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new MalformedRecordException("field " + name + " is not an object");
            }
        }

        private static String string(JsonParser json, String name) throws IOException, MalformedRecordException {
            return switch (json.currentToken()) {
                case VALUE_STRING -> json.getText();
                case VALUE_NULL -> null;
                default -> throw new MalformedRecordException("field " + name + " is not a string");
            };
        }

        private static Long millis(JsonParser json, String name) throws IOException, MalformedRecordException {
            String text = string(json, name);
            if (text == null) {
                return null;
            }
            try {
                return (text.endsWith("Z")
                                ? Instant.parse(text)
                                : OffsetDateTime.parse(text).toInstant())
                        .toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw new MalformedRecordException("field " + name + " is not an ISO-8601 time: " + text);
            }
        }
    }
}
