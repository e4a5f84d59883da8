package freshet.dashboard.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A path and who answers it.
 *
 * @param pattern segments, of which {@code {name}} stands for any one, and a last {@code *} for any number
 * @param summary one line for a person; routes without one are not listed
 * @param blocks whether the handler may block, and so runs on a worker
 */
public record Route(String pattern, String summary, boolean blocks, Handler handler) {

    /** What the pattern's names stand for in a path of decoded segments, or null when the path is another. */
    Map<String, String> match(List<String> segments) {
        List<String> parts = List.of(pattern.substring(1).split("/", -1));
        boolean open = parts.get(parts.size() - 1).equals("*");
        if (open ? segments.size() < parts.size() : segments.size() != parts.size()) {
            return null;
        }
        Map<String, String> captured = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.startsWith("{")) {
                if (segments.get(i).isEmpty()) {
                    return null;
                }
                captured.put(part.substring(1, part.length() - 1), segments.get(i));
            } else if (!part.equals("*") && !part.equals(segments.get(i))) {
                return null;
            }
        }
        return captured;
    }
}
