package freshet.ingest.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Retraction;
import java.io.IOException;
import java.util.Set;

/**
 * One message of Twitter's v1.1 stream: a status, a delete notice, or one of the stream's words about itself. The parser
 * stands on the message's opening brace.
 */
final class TwitterReader {

    static final String SOURCE = "twitter";

    private static final Set<String> CONTROLS = Set.of(
            "delete",
            "scrub_geo",
            "limit",
            "warning",
            "disconnect",
            "status_withheld",
            "user_withheld",
            "friends",
            "friends_str",
            "event",
            "for_user",
            "control",
            "direct_message",
            "user_update",
            "user_delete",
            "user_undelete",
            "user_protect",
            "user_unprotect",
            "user_suspend",
            "user_unsuspend");

    private final JsonParser json;

    TwitterReader(JsonParser json) {
        this.json = json;
    }

    static boolean isControl(String name) {
        return CONTROLS.contains(name);
    }

    Line read() throws IOException, MalformedRecordException {
        String first = json.nextFieldName();
        Line line = first != null && isControl(first) ? control(first) : status(first);
        if (json.nextToken() != null) {
            throw new MalformedRecordException("more than one JSON value");
        }
        return line;
    }

    private Line status(String firstField) throws IOException, MalformedRecordException {
        TwitterStatus status = TwitterStatus.read(json, firstField);
        return new Line.Item(status.toPost());
    }

    private Line control(String kind) throws IOException, MalformedRecordException {
        JsonToken value = json.nextToken();
        Line line = new Line.Control(kind);
        if (kind.equals("delete") && value == JsonToken.START_OBJECT) {
            line = delete();
        } else {
            json.skipChildren();
        }
        // A control message has one field; whatever follows is read only to see that it is JSON.
        while (json.nextToken() != JsonToken.END_OBJECT) {
            json.skipChildren();
        }
        return line;
    }

    private Line delete() throws IOException, MalformedRecordException {
        TwitterId post = new TwitterId();
        TwitterId author = new TwitterId();
        String at = null;
        boolean ofStatus = false;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            if (name.equals("status") && value == JsonToken.START_OBJECT) {
                ofStatus = true;
                for (String inner = json.nextFieldName(); inner != null; inner = json.nextFieldName()) {
                    json.nextToken();
                    switch (inner) {
                        case "id_str" -> post.text(json);
                        case "id" -> post.number(json);
                        case "user_id_str" -> author.text(json);
                        case "user_id" -> author.number(json);
                        default -> json.skipChildren();
                    }
                }
            } else if (name.equals("timestamp_ms")) {
                at = TwitterId.read(json);
            } else {
                json.skipChildren();
            }
        }
        if (!ofStatus) {
            return new Line.Control("delete");
        }
        String postId = post.get();
        if (postId == null) {
            throw new MalformedRecordException("delete notice without the id of a status");
        }
        return new Line.Item(new Retraction(SOURCE, postId, author.get(), millis(at)));
    }

    static long millis(String timestampMs) {
        if (timestampMs == null || timestampMs.length() > 14) {
            return Line.UNDATED;
        }
        try {
            return Math.max(Long.parseLong(timestampMs), Line.UNDATED);
        } catch (NumberFormatException e) {
            return Line.UNDATED;
        }
    }
}
