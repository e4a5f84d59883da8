package freshet.ingest.source.twitter4j;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** What a message says about the connection that brings it. */
enum Notice {
    /** Nothing: it is a part of what the stream brings. */
    NONE,
    /** Something that another connection would not say at the same place: {@code warning}, {@code disconnect}. */
    OF_THIS_CONNECTION,
    /** That nothing will follow, on any connection. */
    ALL_DELIVERED;

    /** Twitter's code of a {@code disconnect} after which all that was asked for has been delivered. */
    private static final int MAX_MESSAGE_LIMIT = 9;

    private static final String DISCONNECT = "disconnect";
    private static final String WARNING = "warning";
    /** A message's first field begins no later; nearly every line is told by this alone. */
    private static final int NAME_WITHIN = 16;

    private static final JsonFactory JSON = new JsonFactory();

    static Notice in(String line) {
        if (line.lastIndexOf(DISCONNECT, NAME_WITHIN) < 0 && line.lastIndexOf(WARNING, NAME_WITHIN) < 0) {
            return NONE;
        }
        try (JsonParser json = JSON.createParser(line)) {
            String name = json.nextToken() == JsonToken.START_OBJECT ? json.nextFieldName() : null;
            boolean disconnect = DISCONNECT.equals(name);
            if (!disconnect && !WARNING.equals(name) || json.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            for (String field = json.nextFieldName(); disconnect && field != null; field = json.nextFieldName()) {
                json.nextToken();
                if (field.equals("code") && json.getValueAsInt() == MAX_MESSAGE_LIMIT) {
                    return ALL_DELIVERED;
                }
                json.skipChildren();
            }
            return OF_THIS_CONNECTION;
        } catch (IOException e) {
            return NONE; // read, and rejected, further on
        }
    }
}
