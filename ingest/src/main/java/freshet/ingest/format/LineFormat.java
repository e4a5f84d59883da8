package freshet.ingest.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.PostCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a line in either form. Which one it is shows within its first fields: only Freshet's has a string {@code id} or
 * an ISO time, only Twitter's an {@code id_str}, a numeric {@code id}, a date that begins with a weekday, or a control
 * message's name. Stateless but for Jackson's symbol tables; thread-safe.
 */
public final class LineFormat {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

    private static final byte[] CANONICAL_START = ascii("{\"id\":\"");
    private static final byte[] CANONICAL_SPACED = ascii("{\"id\": \"");
    private static final byte[] STATUS_START = ascii("{\"created_at\":\"");
    private static final byte[] DELETE_START = ascii("{\"delete\":{");

    private enum Form {
        CANONICAL,
        TWITTER
    }

    /** Reads a line without its line end. */
    public Line read(byte[] bytes, int offset, int length) {
        int invalid = Utf8.firstInvalid(bytes, offset, length);
        if (invalid >= 0) {
            return new Line.Unreadable("invalid UTF-8 at byte " + invalid + " of the line");
        }
        try {
            if (form(bytes, offset, length) == Form.CANONICAL) {
                return new Line.Item(PostCodec.decode(bytes, offset, length));
            }
            try (JsonParser json = JSON.createParser(bytes, offset, length)) {
                json.nextToken();
                return new TwitterReader(json).read();
            }
        } catch (MalformedRecordException e) {
            return new Line.Unreadable(e.getMessage());
        } catch (IOException e) {
            return new Line.Unreadable("not JSON: " + firstLine(e.getMessage()));
        }
    }

    /** Whether a line is in Freshet's form, as far as that shows; of a line that is no JSON it doesn't. */
    public static boolean isCanonical(byte[] bytes, int offset, int length) {
        try {
            return form(bytes, offset, length) == Form.CANONICAL;
        } catch (IOException | MalformedRecordException e) {
            return false;
        }
    }

    private static Form form(byte[] bytes, int offset, int length) throws IOException, MalformedRecordException {
        // Nearly every line begins in one of these ways, and then needs no parser of its own to tell.
        if (startsWith(CANONICAL_START, bytes, offset, length) || startsWith(CANONICAL_SPACED, bytes, offset, length)) {
            return Form.CANONICAL;
        }
        if (startsWith(DELETE_START, bytes, offset, length)
                || (startsWith(STATUS_START, bytes, offset, length)
                        && length > STATUS_START.length
                        && Character.isLetter(bytes[offset + STATUS_START.length]))) {
            return Form.TWITTER;
        }
        try (JsonParser json = JSON.createParser(bytes, offset, length)) {
            JsonToken first = json.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new MalformedRecordException(first == null ? "nothing but white space" : "not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case "id" -> {
                        return value == JsonToken.VALUE_NUMBER_INT ? Form.TWITTER : Form.CANONICAL;
                    }
                    case "created_at" -> {
                        boolean weekday = value == JsonToken.VALUE_STRING
                                && json.getTextLength() > 0
                                && Character.isLetter(json.getTextCharacters()[json.getTextOffset()]);
                        return weekday ? Form.TWITTER : Form.CANONICAL;
                    }
                    case "author", "retracts", "time", "hashtags", "text_hash", "repost_of", "reply_to" -> {
                        return Form.CANONICAL;
                    }
                    case "id_str", "user", "entities", "full_text", "truncated" -> {
                        return Form.TWITTER;
                    }
                    default -> {
                        if (TwitterReader.isControl(name)) {
                            return Form.TWITTER;
                        }
                        json.skipChildren();
                    }
                }
            }
            return Form.CANONICAL;
        }
    }

    private static boolean startsWith(byte[] start, byte[] bytes, int offset, int length) {
        return length >= start.length && Arrays.equals(bytes, offset, offset + start.length, start, 0, start.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String firstLine(String message) {
        return message == null ? "?" : message.lines().findFirst().orElse("?");
    }
}
