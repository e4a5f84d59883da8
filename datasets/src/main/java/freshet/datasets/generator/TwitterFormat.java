package freshet.datasets.generator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Statuses and delete notices of Twitter's v1.1 stream ("Tweet object", "Delete notices" of its documentation), with the
 * fields that clients need. Indices of entities count code points; reposts bear the original whole.
 */
final class TwitterFormat implements LineFormat {

    private static final DateTimeFormatter CREATED_AT = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss +0000 yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final JsonFactory json = new JsonFactory();

    @Override
    public byte[] format(Line line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2_048);
        try (JsonGenerator generator = json.createGenerator(out)) {
            if (line.deletedAt() == 0) {
                status(generator, line.status(), true);
            } else {
                deletion(generator, line.status(), line.deletedAt());
            }
        }
        return out.toByteArray();
    }

    private static void deletion(JsonGenerator json, Status status, long deletedAt) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("delete");
        json.writeObjectFieldStart("status");
        json.writeNumberField("id", status.id());
        json.writeStringField("id_str", Long.toString(status.id()));
        json.writeNumberField("user_id", status.author().id());
        json.writeStringField("user_id_str", Long.toString(status.author().id()));
        json.writeEndObject();
        json.writeStringField("timestamp_ms", Long.toString(deletedAt));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void status(JsonGenerator json, Status status, boolean outermost) throws IOException {
        Status original = status.repostOf();
        String prefix = original == null ? "" : "RT @" + original.author().handle() + ": ";
        json.writeStartObject();
        json.writeStringField("created_at", createdAt(status.time()));
        json.writeNumberField("id", status.id());
        json.writeStringField("id_str", Long.toString(status.id()));
        json.writeStringField("text", prefix + status.text());
        json.writeStringField("source", "<a href=\"https://freshet.example\">Freshet</a>");
        json.writeBooleanField("truncated", false);
        Status replyTo = status.replyTo();
        if (replyTo == null) {
            json.writeNullField("in_reply_to_status_id");
        } else {
            json.writeNumberField("in_reply_to_status_id", replyTo.id());
            json.writeStringField("in_reply_to_status_id_str", Long.toString(replyTo.id()));
            json.writeNumberField("in_reply_to_user_id", replyTo.author().id());
            json.writeStringField("in_reply_to_screen_name", replyTo.author().handle());
        }
        user(json, status.author());
        if (original != null) {
            json.writeFieldName("retweeted_status");
            status(json, original, false);
        }
        entities(json, status, prefix);
        json.writeStringField("lang", status.lang());
        if (outermost) {
            json.writeStringField("timestamp_ms", Long.toString(status.time()));
        }
        json.writeEndObject();
    }

    private static void user(JsonGenerator json, Account account) throws IOException {
        json.writeObjectFieldStart("user");
        json.writeNumberField("id", account.id());
        json.writeStringField("id_str", Long.toString(account.id()));
        json.writeStringField("name", account.name());
        json.writeStringField("screen_name", account.handle());
        json.writeNumberField("followers_count", account.followers());
        json.writeStringField("created_at", createdAt(account.createdAt()));
        json.writeEndObject();
    }

    private static void entities(JsonGenerator json, Status status, String prefix) throws IOException {
        String text = prefix + status.text();
        json.writeObjectFieldStart("entities");
        json.writeArrayFieldStart("hashtags");
        int from = 0;
        for (String tag : status.tags()) {
            int at = text.indexOf("#" + tag, from);
            from = at + 1 + tag.length();
            json.writeStartObject();
            json.writeStringField("text", tag);
            indices(json, text, at, from);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("urls");
        json.writeEndArray();
        json.writeArrayFieldStart("user_mentions");
        if (status.repostOf() != null) {
            Account author = status.repostOf().author();
            json.writeStartObject();
            json.writeStringField("screen_name", author.handle());
            json.writeStringField("name", author.name());
            json.writeNumberField("id", author.id());
            json.writeStringField("id_str", Long.toString(author.id()));
            indices(json, text, 3, 4 + author.handle().length());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("symbols");
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void indices(JsonGenerator json, String text, int from, int to) throws IOException {
        json.writeArrayFieldStart("indices");
        json.writeNumber(text.codePointCount(0, from));
        json.writeNumber(text.codePointCount(0, to));
        json.writeEndArray();
    }

    private static String createdAt(long ms) {
        return CREATED_AT.format(Instant.ofEpochMilli(ms));
    }
}
