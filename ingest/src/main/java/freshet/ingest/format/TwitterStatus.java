package freshet.ingest.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Post;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a v1.1 status that a post needs, read in one pass without a tree. Where a status is longer than 140
 * characters its whole text and entities stand in {@code extended_tweet} (or in {@code full_text}); a retweet says what
 * it repeats in {@code retweeted_status}, whose own {@code text} is the only one that is not cut.
 */
final class TwitterStatus {

    private final TwitterId id = new TwitterId();
    private String createdAt;
    private String timestampMs;
    private String text;
    private List<String> hashtags;
    private String extendedText;
    private List<String> extendedHashtags;
    private String lang;
    private String replyTo;
    private Post.Geo coordinates;
    private Post.Geo geo;
    private TwitterStatus original;

    private final TwitterId userId = new TwitterId();
    private String userName;
    private Long followers;
    private String userCreatedAt;

    /** Reads a status whose first field name has been read; ends on its closing brace. */
    static TwitterStatus read(JsonParser json, String firstField) throws IOException, MalformedRecordException {
        TwitterStatus status = new TwitterStatus();
        for (String name = firstField; name != null; name = json.nextFieldName()) {
            status.field(name, json.nextToken(), json);
        }
        return status;
    }

    private void field(String name, JsonToken value, JsonParser json) throws IOException, MalformedRecordException {
        switch (name) {
            case "id_str" -> id.text(json);
            case "id" -> id.number(json);
            case "created_at" -> createdAt = string(json);
            case "timestamp_ms" -> timestampMs = TwitterId.read(json);
            case "text" -> text = string(json);
            case "full_text" -> extendedText = orElse(extendedText, string(json));
            case "lang" -> lang = string(json);
            case "in_reply_to_status_id_str" -> replyTo = TwitterId.read(json);
            case "user" -> user(value, json);
            case "entities" -> hashtags = entities(value, json);
            case "extended_tweet" -> extended(value, json);
            case "coordinates" -> coordinates = point(value, json, true);
            case "geo" -> geo = point(value, json, false);
            case "retweeted_status" -> {
                if (value == JsonToken.START_OBJECT) {
                    original = read(json, json.nextFieldName());
                } else {
                    json.skipChildren();
                }
            }
            default -> json.skipChildren();
        }
    }

    private void user(JsonToken value, JsonParser json) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            switch (name) {
                case "id_str" -> userId.text(json);
                case "id" -> userId.number(json);
                case "screen_name" -> userName = string(json);
                case "followers_count" -> {
                    followers = token == JsonToken.VALUE_NUMBER_INT ? (Long) json.getLongValue() : null;
                    json.skipChildren();
                }
                case "created_at" -> userCreatedAt = string(json);
                default -> json.skipChildren();
            }
        }
    }

    private void extended(JsonToken value, JsonParser json) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            switch (name) {
                case "full_text" -> extendedText = string(json);
                case "entities" -> extendedHashtags = entities(token, json);
                default -> json.skipChildren();
            }
        }
    }

    /** The tags of an {@code entities} object; null where it names no list of them. */
    private static List<String> entities(JsonToken value, JsonParser json) throws IOException {
        List<String> tags = null;
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (name.equals("hashtags") && token == JsonToken.START_ARRAY) {
                tags = new ArrayList<>(2);
                for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
                    if (t != JsonToken.START_OBJECT) {
                        json.skipChildren();
                        continue;
                    }
                    for (String f = json.nextFieldName(); f != null; f = json.nextFieldName()) {
                        json.nextToken();
                        String tag = f.equals("text") ? string(json) : null;
                        if (tag != null && !tag.isEmpty()) {
                            tags.add(tag);
                        }
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
        return tags;
    }

    /** A GeoJSON point; {@code coordinates} has the longitude first, the older {@code geo} the latitude. */
    private static Post.Geo point(JsonToken value, JsonParser json, boolean longitudeFirst) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            json.skipChildren();
            return null;
        }
        double[] numbers = new double[2];
        int count = 0;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (name.equals("coordinates") && token == JsonToken.START_ARRAY) {
                for (JsonToken t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
                    if (t.isNumeric() && count < 2) {
                        numbers[count] = json.getDoubleValue();
                        count++;
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
        }
        if (count < 2) {
            return null;
        }
        return longitudeFirst ? Post.Geo.ofDegrees(numbers[1], numbers[0]) : Post.Geo.ofDegrees(numbers[0], numbers[1]);
    }

    Post toPost() throws MalformedRecordException {
        String postId = id.get();
        String authorId = userId.get();
        require(postId, "id_str");
        require(createdAt, "created_at");
        require(authorId, "user.id_str");
        TwitterStatus said = original != null && original.wholeText() != null ? original : this;
        require(said.wholeText(), "text");
        return new Post(
                postId,
                TwitterReader.SOURCE,
                time(),
                lang == null || lang.equals("und") || lang.isEmpty() ? null : lang,
                original == null ? null : original.id.get(),
                coordinates != null ? coordinates : geo,
                new Post.Author(authorId, userName, followers, userTime()),
                said.extendedText != null && said.extendedHashtags != null ? said.extendedHashtags : said.hashtags,
                null,
                said.wholeText(),
                replyTo,
                url(postId));
    }

    private String wholeText() {
        return extendedText != null ? extendedText : text;
    }

    /** {@code timestamp_ms} is the same moment as {@code created_at}, to the millisecond; where they differ it isn't. */
    private long time() throws MalformedRecordException {
        long seconds = TwitterTime.parse(createdAt, "created_at");
        long millis = TwitterReader.millis(timestampMs);
        return millis >= seconds && millis < seconds + 1000 ? millis : seconds;
    }

    /** An account's age is a hint; a bad date of it does not cost the post. */
    private Long userTime() {
        try {
            return userCreatedAt == null ? null : (Long) TwitterTime.parse(userCreatedAt, "user.created_at");
        } catch (MalformedRecordException e) {
            return null;
        }
    }

    private static String url(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) < '0' || id.charAt(i) > '9') {
                return null;
            }
        }
        return "https://twitter.com/i/status/" + id;
    }

    private static String string(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getText();
        }
        json.skipChildren();
        return null;
    }

    private static String orElse(String first, String second) {
        return first != null ? first : second;
    }

    private static void require(Object value, String name) throws MalformedRecordException {
        if (value == null) {
            throw new MalformedRecordException("field " + name + " is missing");
        }
    }
}
