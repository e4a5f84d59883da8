package freshet.ingest.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** One message of the stream, without its line end; read as a tree only where someone asks what it says. */
final class Message {

    static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] json;
    /** When it was sent by the recording's clock, in milliseconds, or -1 where it doesn't say. */
    private final long time;

    private JsonNode tree;

    Message(byte[] json, long time) {
        this.json = json;
        this.time = time;
    }

    Message(byte[] json, long time, JsonNode tree) {
        this(json, time);
        this.tree = tree;
    }

    byte[] json() {
        return json;
    }

    long time() {
        return time;
    }

    /** What it says; a missing node where that isn't JSON. */
    JsonNode tree() {
        if (tree == null) {
            try {
                tree = JSON.readTree(json);
            } catch (IOException e) {
                tree = JSON.missingNode();
            }
        }
        return tree;
    }

    boolean isStatus() {
        return tree().has("user") && (tree().has("text") || tree().has("full_text"));
    }

    /** The id of the status that this is, or that a delete notice is about; empty where it is neither. */
    String statusId() {
        JsonNode status = tree().has("delete") ? tree().path("delete").path("status") : tree();
        JsonNode text = status.path("id_str");
        return text.isTextual() ? text.asText() : status.path("id").asText("");
    }

    boolean isDelete() {
        return tree().has("delete");
    }
}
