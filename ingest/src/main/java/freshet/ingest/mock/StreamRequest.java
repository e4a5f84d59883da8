package freshet.ingest.mock;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a client asks for.
 *
 * @param endpoint {@code sample} or {@code filter}
 * @param parameters of the query and of a form body together, for the signature
 * @param filter what a status must match
 * @param delimited whether each message's length stands before it
 * @param stallWarnings whether the client wants to be told that it falls behind
 * @param gzip whether it takes a compressed stream
 * @param failure what it asked to go wrong, or null
 */
record StreamRequest(
        String endpoint,
        Map<String, List<String>> parameters,
        Filter filter,
        boolean delimited,
        boolean stallWarnings,
        boolean gzip,
        Failure failure) {

    /** Every user of a list may be a parameter of its own. */
    private static final int MAX_PARAMETERS = 10_000;

    /** Reads the path and the parameters; what they mean is checked, who sends them is not. */
    static StreamRequest parse(FullHttpRequest request) throws RefusedException {
        QueryStringDecoder query = decoder(request.uri(), true);
        String endpoint = endpoint(query.path());
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.POST)) {
            throw new RefusedException(405, "ask with GET or POST, not " + request.method());
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        try {
            add(parameters, query);
            if (isForm(request)) {
                add(parameters, decoder(request.content().toString(StandardCharsets.UTF_8), false));
            }
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "the parameters are not URL-encoded: " + e.getMessage());
        }
        Filter filter = Filter.of(
                joined(parameters, "track"),
                joined(parameters, "follow"),
                joined(parameters, "locations"),
                joined(parameters, "language"));
        if (endpoint.equals("filter") && !filter.hasPredicate()) {
            throw new RefusedException(
                    406, "No filter parameters found. Expect at least one parameter: follow track locations");
        }
        Failure failure = null;
        if (parameters.containsKey("fail")) {
            try {
                failure = Failure.parse(last(parameters, "fail"));
            } catch (IllegalArgumentException e) {
                throw new RefusedException(400, e.getMessage());
            }
        }
        String encodings = request.headers().get(HttpHeaderNames.ACCEPT_ENCODING, "");
        return new StreamRequest(
                endpoint,
                parameters,
                endpoint.equals("filter") ? filter : filter.languageOnly(),
                isSet(parameters, "delimited", "length"),
                isSet(parameters, "stall_warnings", "true"),
                acceptsGzip(encodings),
                failure);
    }

    private static QueryStringDecoder decoder(String text, boolean hasPath) {
        return new QueryStringDecoder(text, StandardCharsets.UTF_8, hasPath, MAX_PARAMETERS);
    }

    private static String endpoint(String path) throws RefusedException {
        return switch (path.replaceFirst("^/1(\\.1)?/", "/")) {
            case "/statuses/sample.json", "/statuses/sample" -> "sample";
            case "/statuses/filter.json", "/statuses/filter" -> "filter";
            default ->
                throw new RefusedException(404, "there are /1.1/statuses/sample.json and /1.1/statuses/filter.json");
        };
    }

    private static boolean isForm(FullHttpRequest request) {
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "").strip();
        // Some hand-written clients name no type.
        return request.method().equals(HttpMethod.POST)
                && (type.isEmpty() || type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"));
    }

    private static void add(Map<String, List<String>> all, QueryStringDecoder decoder) {
        decoder.parameters()
                .forEach((name, values) ->
                        all.computeIfAbsent(name, n -> new ArrayList<>()).addAll(values));
    }

    /** A list may stand in the query and in the form, or be given item by item. */
    private static String joined(Map<String, List<String>> parameters, String name) {
        return String.join(",", parameters.getOrDefault(name, List.of()));
    }

    private static String last(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(values.size() - 1);
    }

    private static boolean isSet(Map<String, List<String>> parameters, String name, String value) {
        return value.equalsIgnoreCase(last(parameters, name));
    }

    private static boolean acceptsGzip(String encodings) {
        for (String each : encodings.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = each.strip().split(";", 2);
            boolean refused = parts.length == 2 && parts[1].replace(" ", "").matches("q=0(\\.0*)?");
            if (parts[0].strip().equals("gzip") && !refused) {
                return true;
            }
        }
        return false;
    }
}
