package freshet.ingest.source.twitter4j;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import twitter4j.FilterQuery;
import twitter4j.TwitterStream;

/**
 * What is asked of the stream: the public sample, or, with {@code track}, {@code follow} or {@code locations}, a filter.
 * {@code language} goes with either.
 */
final class Query {

    private final FilterQuery filter;
    private final String language;

    private Query(FilterQuery filter, String language) {
        this.filter = filter;
        this.language = language;
    }

    /** Reads the part of an address that follows its question mark, which may be null. */
    static Query parse(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        FilterQuery filter = new FilterQuery();
        boolean filters = false;
        String language = null;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String[] values = parameter.getValue().split(",");
            switch (parameter.getKey()) {
                case "track" -> filter.track(values);
                case "follow" ->
                    filter.follow(Arrays.stream(values).mapToLong(Query::id).toArray());
                case "locations" -> filter.locations(corners(values));
                case "language" -> {
                    filter.language(values);
                    language = parameter.getValue();
                }
                default ->
                    throw new IllegalArgumentException("twitter4j: knows track, follow, locations and language, not \""
                            + parameter.getKey() + "\"");
            }
            filters |= !parameter.getKey().equals("language");
        }
        return new Query(filters ? filter : null, language);
    }

    private static double[][] corners(String[] values) {
        if (values.length % 4 != 0) {
            throw new IllegalArgumentException("twitter4j: locations are boxes of west,south,east,north");
        }
        double[][] corners = new double[values.length / 2][];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = new double[] {degrees(values[2 * i]), degrees(values[2 * i + 1])};
        }
        return corners;
    }

    private static double degrees(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("twitter4j: locations takes degrees, not \"" + text + "\"");
        }
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("twitter4j: follow takes ids of users, not \"" + text + "\"");
        }
    }

    void start(TwitterStream stream) {
        if (filter != null) {
            stream.filter(filter);
        } else if (language != null) {
            stream.sample(language);
        } else {
            stream.sample();
        }
    }
}
