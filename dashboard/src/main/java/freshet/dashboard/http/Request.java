package freshet.dashboard.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/**
 * A request that found its route.
 *
 * @param path decoded
 * @param captured the decoded parts of the path that stand for {@code {names}} of the route
 * @param query decoded parameters, in order
 */
public record Request(String path, Map<String, String> captured, Map<String, List<String>> query, HttpHeaders headers) {

    /** The one value of a parameter, or null where it was not given. */
    public String parameter(String name) throws HttpProblem {
        List<String> values = query.get(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            throw HttpProblem.badParameter(name, name + " was given " + values.size() + " times; give it once");
        }
        return values.get(0);
    }

    public String parameter(String name, String otherwise) throws HttpProblem {
        String value = parameter(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** A whole number within bounds. */
    public int number(String name, int otherwise, int min, int max) throws HttpProblem {
        String value = parameter(name);
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw HttpProblem.badParameter(
                name, name + " is a whole number from " + min + " to " + max + ", not " + shown(value));
    }

    /** A value as an error may repeat it: in quotes and short. */
    public static String shown(String value) {
        return "\"" + (value.length() > 80 ? value.substring(0, 80) + "…" : value) + "\"";
    }
}
