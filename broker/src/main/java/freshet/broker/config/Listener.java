package freshet.broker.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of {@code listeners} or {@code advertised.listeners}: {@code NAME://host:port}.
 *
 * @param host empty for all interfaces
 * @param port 0 for any free one
 */
public record Listener(String name, String host, int port) {

    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_-]+)://(?:\\[([0-9a-fA-F:.%]+)]|([^:/\\[\\]]*)):(\\d+)");

    /** Parses a comma-separated list; {@code key} is named in errors. */
    static List<Listener> parseList(String key, List<String> entries) {
        List<Listener> listeners = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : entries) {
            Listener listener = parse(key, entry);
            if (!names.add(listener.name)) {
                throw new IllegalArgumentException(
                        "Bad broker setting: " + key + " names " + listener.name + " twice.");
            }
            listeners.add(listener);
        }
        return List.copyOf(listeners);
    }

    private static Listener parse(String key, String entry) {
        Matcher form = FORM.matcher(entry.trim());
        if (!form.matches()) {
            throw new IllegalArgumentException("Bad broker setting: " + key + " has '" + entry
                    + "', expected NAME://host:port, for example PLAINTEXT://localhost:9092.");
        }
        int port = form.group(4).length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(form.group(4));
        if (port > 65_535) {
            throw new IllegalArgumentException(
                    "Bad broker setting: " + key + " has '" + entry + "', but ports end at 65535.");
        }
        String host = form.group(2) != null ? form.group(2) : form.group(3);
        return new Listener(form.group(1).toUpperCase(java.util.Locale.ROOT), host.equals("0.0.0.0") ? "" : host, port);
    }

    @Override
    public String toString() {
        return name + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
