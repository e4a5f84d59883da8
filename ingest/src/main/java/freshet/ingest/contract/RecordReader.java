package freshet.ingest.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/** One pass over the JSON of one record of {@code posts}; which of the three kinds it is shows at its end. */
final class RecordReader {

    private final JsonParser json;

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
    private boolean retracts;
    private String retractedPost;
    private String retractedAuthor;

    RecordReader(JsonParser json) {
        this.json = json;
    }

    PostsRecord read(boolean whole) throws IOException, MalformedRecordException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = string(name);
                case "source" -> source = string(name);
                case "created_at" -> createdAt = millis(name);
                case "lang" -> lang = string(name);
                case "repost_of" -> repostOf = string(name);
                case "geo" -> geo = geo();
                case "author" -> author = author();
                case "hashtags" -> hashtags = strings(name);
                case "text_hash" -> textHash = string(name);
                case "text" -> {
                    if (!whole && id != null && source != null && createdAt != null && author != null) {
                        return post();
                    }
                    text = string(name);
                }
                case "reply_to" -> replyTo = string(name);
                case "url" -> url = string(name);
                case "time" -> time = millis(name);
                case "at" -> at = millis(name);
                case "retracts" -> retracts();
                default -> json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw new MalformedRecordException("more than one JSON value");
        }
        if (retracts) {
            return retraction();
        }
        if (time != null && id == null && text == null) {
            return new TimeMarker(time);
        }
        Post post = post();
        require(text, "text");
        return post;
    }

    private Post post() throws MalformedRecordException {
        require(id, "id");
        require(source, "source");
        require(createdAt, "created_at");
        require(author, "author");
        return new Post(id, source, createdAt, lang, repostOf, geo, author, hashtags, textHash, text, replyTo, url);
    }

    private Retraction retraction() throws MalformedRecordException {
        require(source, "source");
        require(at, "at");
        if (retractedPost == null && retractedAuthor == null) {
            throw new MalformedRecordException("field retracts names neither a post nor an author");
        }
        return new Retraction(source, retractedPost, retractedAuthor, at);
    }

    private void retracts() throws IOException, MalformedRecordException {
        object("retracts");
        retracts = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "post" -> retractedPost = string("retracts.post");
                case "author" -> retractedAuthor = string("retracts.author");
                default -> json.skipChildren();
            }
        }
    }

    private Post.Author author() throws IOException, MalformedRecordException {
        object("author");
        String authorId = null;
        String name = null;
        Long followers = null;
        Long since = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken token = json.nextToken();
            switch (field) {
                case "id" -> authorId = string("author.id");
                case "name" -> name = string("author.name");
                case "followers" -> {
                    followers = token == JsonToken.VALUE_NUMBER_INT ? (Long) json.getLongValue() : null;
                    json.skipChildren();
                }
                case "created_at" -> since = millis("author.created_at");
                default -> json.skipChildren();
            }
        }
        require(authorId, "author.id");
        return new Post.Author(authorId, name, followers, since);
    }

    /** A place that makes no sense is no place; the post is believed without it. */
    private Post.Geo geo() throws IOException, MalformedRecordException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        object("geo");
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
        return lat == null || lon == null ? null : Post.Geo.ofDegrees(lat, lon);
    }

    private List<String> strings(String name) throws IOException, MalformedRecordException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new MalformedRecordException("field " + name + " is not an array");
        }
        List<String> strings = new ArrayList<>(4);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String string = string(name);
            if (string != null) {
                strings.add(string);
            }
        }
        return strings;
    }

    private void object(String name) throws MalformedRecordException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedRecordException("field " + name + " is not an object");
        }
    }

    private String string(String name) throws IOException, MalformedRecordException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> json.getText();
            case VALUE_NULL -> null;
            default -> throw new MalformedRecordException("field " + name + " is not a string");
        };
    }

    private Long millis(String name) throws IOException, MalformedRecordException {
        String string = string(name);
        if (string == null) {
            return null;
        }
        try {
            long millis = IsoTime.parse(string);
            if (millis < 0 || millis > IsoTime.MAX) {
                throw new MalformedRecordException("field " + name + " is not between 1970 and 9999: " + brief(string));
            }
            return millis;
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedRecordException("field " + name + " is not an ISO-8601 time: " + brief(string));
        }
    }

    private static String brief(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static void require(Object value, String name) throws MalformedRecordException {
        if (value == null) {
            throw new MalformedRecordException("field " + name + " is missing");
        }
        if (value instanceof String string && string.isEmpty() && !name.equals("text")) {
            throw new MalformedRecordException("field " + name + " is empty");
        }
    }
}
