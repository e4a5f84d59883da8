package freshet.dashboard.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request's target, decoded: split into segments before unescaping, so that a tag may hold a slash. */
record RequestTarget(String path, List<String> segments, Map<String, List<String>> query) {

    private static final int PARAMETERS_MAX = 64;

    static RequestTarget parse(String uri) throws HttpProblem {
        if (!uri.startsWith("/")) {
            throw HttpProblem.badParameter(null, "the request's target must begin with a slash");
        }
        try {
            QueryStringDecoder decoder =
                    new QueryStringDecoder(uri, java.nio.charset.StandardCharsets.UTF_8, true, PARAMETERS_MAX);
            List<String> segments = new ArrayList<>();
            for (String part : decoder.rawPath().substring(1).split("/", -1)) {
                segments.add(QueryStringDecoder.decodeComponent(part.replace("+", "%2B")));
            }
            return new RequestTarget(decoder.path(), segments, decoder.parameters());
        } catch (IllegalArgumentException e) {
            throw HttpProblem.badParameter(null, "the request's target is not well escaped: " + e.getMessage());
        }
    }
}
