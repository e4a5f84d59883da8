package freshet.dashboard.api;

import freshet.dashboard.http.HttpProblem;
import freshet.dashboard.http.Request;
import freshet.ingest.contract.Stream;
import freshet.storage.history.Board;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the parameters that several endpoints share. */
final class Parameters {

    /** What {@code stream} says for the live one, whose own name is empty. */
    static final String LIVE = "live";

    private static final Pattern WINDOW = Pattern.compile("[0-9]{1,6}(ms|s|m|h|d)");
    private static final Pattern SCOPE = Pattern.compile("[^|\\p{Cntrl}]{1,100}");
    private static final int TAG_MAX = 1_000;

    private Parameters() {}

    static Stream stream(Request request) throws HttpProblem {
        String name = request.parameter("stream", LIVE);
        try {
            return name.equals(LIVE) ? Stream.LIVE : new Stream(name);
        } catch (IllegalArgumentException e) {
            throw HttpProblem.badParameter("stream", e.getMessage());
        }
    }

    static Board board(Request request) throws HttpProblem {
        String window = request.parameter("window", "10m");
        if (!WINDOW.matcher(window).matches()) {
            throw HttpProblem.badParameter(
                    "window", "window is a length of time such as 1m, 10m or 1h, not " + Request.shown(window));
        }
        String scope = request.parameter("scope", "all");
        if (!SCOPE.matcher(scope).matches()) {
            throw HttpProblem.badParameter("scope", "scope is all or the name of one, not " + Request.shown(scope));
        }
        return new Board(stream(request), window, scope);
    }

    static Instant time(Request request, String name, Instant otherwise) throws HttpProblem {
        String value = request.parameter(name);
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        try {
            if (value.matches("-?\\d{1,15}")) {
                return Instant.ofEpochMilli(Long.parseLong(value));
            }
            return value.endsWith("Z")
                    ? Instant.parse(value)
                    : OffsetDateTime.parse(value.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw HttpProblem.badParameter(
                    name,
                    name + " is a time such as 2026-11-24T14:30:00Z, or milliseconds since 1970, not "
                            + Request.shown(value));
        }
    }

    /** Folds a tag as trends does: NFKC, lower case, no leading #. */
    static String tag(String name, String tag) throws HttpProblem {
        if (tag.length() > TAG_MAX) {
            throw HttpProblem.badParameter(name, "a tag has at most " + TAG_MAX + " characters");
        }
        String folded = Normalizer.normalize(tag, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return folded.startsWith("#") ? folded.substring(1) : folded;
    }
}
