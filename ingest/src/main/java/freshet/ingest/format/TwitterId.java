package freshet.ingest.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * An id as Twitter writes it: twice, as a number and as a string, either of which may be missing. The string counts; the
 * number, which comes first, isn't made a string where another follows.
 */
final class TwitterId {

    private String text;
    private long number;
    private boolean numbered;

    /** Reads the value of {@code id_str}. */
    void text(JsonParser json) throws IOException {
        String read = read(json);
        text = read != null ? read : text;
    }

    /** Reads the value of {@code id}. */
    void number(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            number = json.getLongValue();
            numbered = true;
        } else if (text == null) {
            text = read(json);
        } else {
            json.skipChildren();
        }
    }

    /** Null where there is none. */
    String get() {
        return text == null && numbered ? Long.toString(number) : text;
    }

    /** An id as text, whether written as string or as number; null where there is none or it is empty. */
    static String read(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING || json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            String id = json.getText();
            return id.isEmpty() ? null : id;
        }
        json.skipChildren();
        return null;
    }
}
