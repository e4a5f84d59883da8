package freshet.ingest.source.twitter4j;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Tells the one {@code disconnect} message after which nothing more will come from those that ask to connect again. */
final class Disconnect {

    /** Twitter's code for "all that was asked for has been delivered". */
    private static final int MAX_MESSAGE_LIMIT = 9;

    private static final String NAME = "disconnect";
    /** Nearly every line is told by this alone. */
    private static final int NAME_WITHIN = 16;

    private static final JsonFactory JSON = new JsonFactory();

    private Disconnect() {}

    static boolean isLast(String line) {
        if (line.lastIndexOf(NAME, NAME_WITHIN) < 0) {
            return false;
        }
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT
                    || !NAME.equals(json.nextFieldName())
                    || json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                if (field.equals("code")) {
                    return json.getValueAsInt() == MAX_MESSAGE_LIMIT;
                }
                json.skipChildren();
            }
            return false;
        } catch (IOException e) {
            return false; // read, and rejected, further on
        }
    }
}
