package freshet.ingest.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The top-level domains that make a dotted name a URL, each with its place in the order of trying. */
final class TopLevelDomains {

    private static final String RESOURCE = "top-level-domains.txt";
    private static final Map<String, Integer> ORDER = load();
    private static final int LONGEST =
            ORDER.keySet().stream().mapToInt(String::length).max().orElse(0);

    private TopLevelDomains() {}

    /**
     * The end of the domain that begins here, or -1 where none does. Among several the first in order counts, not the
     * longest; what follows must be no ASCII letter or digit and none of {@code @ + -}.
     */
    static int end(String text, int from) {
        int best = -1;
        int bestOrder = Integer.MAX_VALUE;
        int last = Math.min(text.length(), from + LONGEST);
        for (int end = from + 2; end <= last; end++) {
            char before = text.charAt(end - 1);
            if (before < 0x80 && !isAlphanumeric(before)) {
                break;
            }
            if (end < text.length() && goesOn(text.charAt(end))) {
                continue;
            }
            Integer order = ORDER.get(text.substring(from, end).toLowerCase(Locale.ROOT));
            if (order != null && order < bestOrder) {
                bestOrder = order;
                best = end;
            }
        }
        return best;
    }

    static Map<String, Integer> order() {
        return ORDER;
    }

    private static boolean goesOn(char c) {
        return isAlphanumeric(c) || c == '@' || c == '+' || c == '-';
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static Map<String, Integer> load() {
        Map<String, Integer> order = new HashMap<>();
        try (InputStream in = TopLevelDomains.class.getResourceAsStream(RESOURCE)) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> java.util.stream.Stream.of(line.split(" ")))
                    .forEach(domain -> order.putIfAbsent(domain, order.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE, e);
        }
        return order;
    }
}
