package freshet.ingest.source.twitter4j;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ids of the statuses that came last; bounded, the oldest leave first; about 6 MB when full. */
final class RecentIds {

    static final int DEFAULT_CAPACITY = 50_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Boolean> ids;

    RecentIds(int capacity) {
        ids = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > capacity;
            }
        };
    }

    /** False where the line is a status whose id is here already; what isn't a status is always new. */
    boolean add(String line) {
        String id = id(line);
        return id == null || ids.put(id, Boolean.TRUE) == null;
    }

    /** It stands among the first fields, so little of the line is read. */
    private static String id(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                if (field.equals("id_str") || field.equals("id")) {
                    return json.getText();
                }
                json.skipChildren();
            }
            return null;
        } catch (IOException e) {
            return null; // read, and rejected, further on
        }
    }
}
