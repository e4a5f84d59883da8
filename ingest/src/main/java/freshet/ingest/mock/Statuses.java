package freshet.ingest.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.Retraction;
import freshet.ingest.text.Hashtags;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Makes v1.1 messages of canonical records. Ids must be numbers there: those that aren't become their hash, the same
 * wherever they occur. Whom a repost repeats is not known: its original is by a user of id 0.
 */
final class Statuses {

    /** Of a longer text a status shows the beginning; the whole stands in {@code extended_tweet}. */
    private static final int SHOWN = 140;

    private static final DateTimeFormatter TWITTER = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss xx yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Statuses() {}

    static JsonNode ofPost(Post post) {
        ObjectNode status;
        if (post.repostOf() == null) {
            status = status(post, post.id(), post.text(), user(post.author()));
        } else {
            ObjectNode unknown = user(new Post.Author("0", "unknown", null, null));
            status = status(post, post.id(), "RT @unknown: " + post.text(), user(post.author()));
            status.set("retweeted_status", status(post, post.repostOf(), post.text(), unknown));
        }
        return status.put("timestamp_ms", Long.toString(post.time()));
    }

    static JsonNode deleteNotice(Retraction retraction) {
        ObjectNode notice = JSON.objectNode();
        ObjectNode delete = notice.putObject("delete");
        ObjectNode status = delete.putObject("status");
        id(status, "id", retraction.post());
        if (retraction.author() != null) {
            id(status, "user_id", retraction.author());
        }
        delete.put("timestamp_ms", Long.toString(retraction.time()));
        return notice;
    }

    private static ObjectNode status(Post post, String id, String text, ObjectNode user) {
        ObjectNode status = JSON.objectNode();
        status.put("created_at", date(post.time()));
        id(status, "id", id);
        boolean whole = text.codePointCount(0, text.length()) <= SHOWN;
        String shown = whole ? text : text.substring(0, text.offsetByCodePoints(0, SHOWN - 1)) + "…";
        status.put("text", shown);
        status.put("source", "");
        status.put("truncated", !whole);
        status.putNull("in_reply_to_status_id");
        status.putNull("in_reply_to_status_id_str");
        if (post.replyTo() != null) {
            id(status, "in_reply_to_status_id", post.replyTo());
        }
        status.putNull("in_reply_to_user_id");
        status.putNull("in_reply_to_user_id_str");
        status.putNull("in_reply_to_screen_name");
        status.set("user", user);
        point(status, post.geo());
        status.putNull("place");
        status.putNull("contributors");
        status.put("is_quote_status", false);
        status.put("quote_count", 0)
                .put("reply_count", 0)
                .put("retweet_count", 0)
                .put("favorite_count", 0);
        List<String> tags = post.hashtags() != null ? post.hashtags() : Hashtags.of(post.text());
        status.set("entities", entities(shown, tags, whole));
        if (!whole) {
            ObjectNode extended = status.putObject("extended_tweet");
            extended.put("full_text", text);
            extended.putArray("display_text_range").add(0).add(text.codePointCount(0, text.length()));
            extended.set("entities", entities(text, tags, true));
        }
        status.put("favorited", false).put("retweeted", false).put("filter_level", "low");
        status.put("lang", post.lang() == null ? "und" : post.lang());
        return status;
    }

    private static ObjectNode user(Post.Author author) {
        ObjectNode user = JSON.objectNode();
        id(user, "id", author.id());
        String name = author.name() == null ? author.id() : author.name();
        user.put("name", name).put("screen_name", name);
        user.put("followers_count", author.followers() == null ? 0 : author.followers());
        user.put("friends_count", 0)
                .put("listed_count", 0)
                .put("favourites_count", 0)
                .put("statuses_count", 0);
        user.put("created_at", date(author.createdAt() == null ? 0 : author.createdAt()));
        user.put("verified", false).put("protected", false).put("geo_enabled", false);
        return user.putNull("lang");
    }

    private static void point(ObjectNode status, Post.Geo geo) {
        if (geo == null) {
            status.putNull("geo").putNull("coordinates");
            return;
        }
        status.putObject("geo")
                .put("type", "Point")
                .putArray("coordinates")
                .add(geo.lat())
                .add(geo.lon());
        status.putObject("coordinates")
                .put("type", "Point")
                .putArray("coordinates")
                .add(geo.lon())
                .add(geo.lat());
    }

    /** @param all whether a tag that can't be found in the text is named all the same */
    private static ObjectNode entities(String text, List<String> tags, boolean all) {
        ObjectNode entities = JSON.objectNode();
        ArrayNode hashtags = entities.putArray("hashtags");
        String lower = text.toLowerCase(Locale.ROOT);
        int from = 0;
        for (String tag : tags) {
            int at = lower.length() == text.length() ? lower.indexOf('#' + tag.toLowerCase(Locale.ROOT), from) : -1;
            if (at < 0 && !all) {
                continue;
            }
            int begin = at < 0 ? 0 : text.codePointCount(0, at);
            int end = at < 0 ? 0 : begin + 1 + tag.codePointCount(0, tag.length());
            hashtags.addObject().put("text", tag).putArray("indices").add(begin).add(end);
            from = Math.max(at, from);
        }
        entities.putArray("urls");
        entities.putArray("user_mentions");
        entities.putArray("symbols");
        return entities;
    }

    private static void id(ObjectNode object, String name, String id) {
        long number = number(id);
        object.put(name, number).put(name + "_str", Long.toString(number));
    }

    static long number(String id) {
        if (id.matches("0|[1-9]\\d{0,17}")) {
            return Long.parseLong(id);
        }
        long hash = 0xcbf29ce484222325L; // FNV-1a
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        return hash >>> 1;
    }

    static String date(long millis) {
        return TWITTER.format(Instant.ofEpochMilli(millis));
    }
}
