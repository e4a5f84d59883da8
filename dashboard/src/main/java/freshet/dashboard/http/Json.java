package freshet.dashboard.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** A JSON string. */
final class Json {

    private Json() {}

    static String quote(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
