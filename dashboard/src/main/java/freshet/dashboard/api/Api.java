package freshet.dashboard.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import freshet.dashboard.http.Answer;
import freshet.dashboard.http.HttpProblem;
import freshet.dashboard.http.Request;
import freshet.dashboard.http.Response;
import freshet.dashboard.http.Route;
import freshet.dashboard.live.LiveHub;
import freshet.dashboard.posts.PostReader;
import freshet.ingest.contract.Stream;
import freshet.storage.history.Board;
import freshet.storage.history.TagSeen;
import freshet.storage.history.TimelinePoint;
import freshet.storage.history.TrendHistory;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.RankingCodec;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes under {@code /api}. */
public final class Api {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final int POINTS_MAX = 20_000;
    private static final Duration TIMELINE = Duration.ofHours(24);

    private final TrendHistory history;
    private final LiveHub hub;
    private final Streams streams;
    private final Posts posts;

    public Api(TrendHistory history, LiveHub hub, PostReader posts) {
        this.history = history;
        this.hub = hub;
        this.streams = new Streams(history, hub);
        this.posts = new Posts(posts, history);
    }

    public List<Route> routes() {
        return List.of(
                new Route("/api", null, false, request -> list()),
                new Route("/api/streams", "streams with their windows, scopes and times", true, r -> streams()),
                new Route(
                        "/api/ranking",
                        "a ranking: ?stream&window&scope, the newest or as it was [&at=TIME], or the next [&after=TIME]",
                        true,
                        this::ranking),
                new Route(
                        "/api/rankings",
                        "the same as a list of one ranking, or of none where there is none",
                        true,
                        this::rankings),
                new Route(
                        "/api/moments",
                        "how busy a board was, for a slider: ?stream&window&scope&from&to&limit",
                        true,
                        this::moments),
                new Route(
                        "/api/live",
                        "server-sent events, a ranking each: ?stream&window&scope; resumes by Last-Event-ID",
                        false,
                        this::live),
                new Route("/api/tag/{tag}", "when a tag was first and last seen trending: ?stream", true, this::tag),
                new Route(
                        "/api/tag/{tag}/timeline",
                        "how a tag fared: ?stream&window&scope&from&to&limit&format=json|csv",
                        true,
                        this::timeline),
                new Route(
                        "/api/tags",
                        "tags that once trended, the latest first: ?stream&prefix&limit, or one: ?stream&tag",
                        true,
                        this::tags),
                new Route(
                        "/api/posts",
                        "posts by where they stand: ?stream&ref=PARTITION@OFFSET, up to 50 refs",
                        true,
                        this.posts::read));
    }

    private Answer list() {
        List<Map<String, String>> endpoints = routes().stream()
                .filter(route -> route.summary() != null)
                .map(route -> Map.of("path", route.pattern(), "summary", route.summary()))
                .toList();
        return json(Map.of("endpoints", endpoints));
    }

    private Answer streams() {
        Streams.Listing listing = streams.list();
        return json(
                Map.of("default", listing.defaultStream(), "source", listing.source(), "streams", listing.streams()));
    }

    private Answer ranking(Request request) throws HttpProblem {
        Optional<byte[]> found = found(request);
        if (found.isEmpty()) {
            throw noRanking(request);
        }
        return Response.json(found.get());
    }

    /** The same as a list of one or none: to find nothing is no error there. */
    private Answer rankings(Request request) throws HttpProblem {
        String found = found(request)
                .map(ranking -> new String(ranking, StandardCharsets.UTF_8))
                .orElse("");
        return Response.json(("{\"rankings\":[" + found + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private Optional<byte[]> found(Request request) throws HttpProblem {
        Board board = Parameters.board(request);
        Instant at = Parameters.time(request, "at", null);
        Instant after = Parameters.time(request, "after", null);
        if (at != null && after != null) {
            throw HttpProblem.badParameter("after", "a ranking is asked for at a time or after one, not both");
        }
        if (at == null && after == null) {
            Optional<byte[]> newest = hub.newest(board);
            if (newest.isPresent()) {
                return newest;
            }
        }
        Optional<Ranking> found = after != null
                ? history.rankingAfter(board, after)
                : history.rankingAt(board, at == null ? Instant.MAX : at);
        return found.map(RankingCodec::encode);
    }

    private static HttpProblem noRanking(Request request) throws HttpProblem {
        Board board = Parameters.board(request);
        Instant at = Parameters.time(request, "at", null);
        Instant after = Parameters.time(request, "after", null);
        String when = at != null ? " at or before " + at : after != null ? " after " + after : "";
        return HttpProblem.notFound("there is no ranking of window " + board.window() + ", scope " + board.scope()
                + " in the " + name(board.stream()) + when);
    }

    private static String name(Stream stream) {
        return stream.isLive() ? "live stream" : "stream " + stream.name();
    }

    private Answer live(Request request) throws HttpProblem {
        Board board = Parameters.board(request);
        String last = request.headers().get("Last-Event-ID");
        // An id that is none of ours is no reason to refuse: the reader gets the newest.
        return hub.subscribe(board, last != null && last.matches("\\d{1,18}") ? Long.valueOf(last) : null);
    }

    private Answer moments(Request request) throws HttpProblem {
        Board board = Parameters.board(request);
        Instant to = Parameters.time(request, "to", Instant.MAX);
        Instant from = Parameters.time(request, "from", Instant.MIN);
        ordered(from, to);
        // Without bounds: all that is remembered.
        var seen =
                history.boards().stream().filter(b -> b.board().equals(board)).findFirst();
        if (seen.isPresent()) {
            from = from.isBefore(seen.get().first()) ? seen.get().first() : from;
            to = to.isAfter(seen.get().last()) ? seen.get().last() : to;
        }
        return json(Map.of("moments", history.moments(board, from, to, request.number("limit", 200, 1, 5_000))));
    }

    private Answer tag(Request request) throws HttpProblem {
        String tag = Parameters.tag("tag", request.captured().get("tag"));
        Stream stream = Parameters.stream(request);
        TagSeen seen = history.tag(stream, tag)
                .orElseThrow(() -> HttpProblem.notFound(
                        "the tag " + Request.shown(tag) + " was never seen trending in the " + name(stream)));
        return json(seen);
    }

    private Answer timeline(Request request) throws HttpProblem {
        Board board = Parameters.board(request);
        String tag = Parameters.tag("tag", request.captured().get("tag"));
        String format = request.parameter("format", "json");
        if (!format.equals("json") && !format.equals("csv")) {
            throw HttpProblem.badParameter("format", "format is json or csv, not " + Request.shown(format));
        }
        Instant to = Parameters.time(request, "to", null);
        if (to == null) { // up to when it was last seen: a replay's now is not ours
            to = history.tag(board.stream(), tag).map(TagSeen::last).orElse(Instant.EPOCH);
        }
        Instant from = Parameters.time(request, "from", to.minus(TIMELINE));
        ordered(from, to);
        List<TimelinePoint> points =
                history.timeline(board, tag, from, to, request.number("limit", 1_500, 1, POINTS_MAX));
        if (format.equals("csv")) {
            return Response.of(
                            HttpResponseStatus.OK,
                            "text/csv; charset=utf-8; header=present",
                            Csv.timeline(tag, points).getBytes(StandardCharsets.UTF_8))
                    .with("Content-Disposition", "attachment; filename=\"timeline.csv\"");
        }
        return json(Map.of(
                "tag",
                tag,
                "window",
                board.window(),
                "scope",
                board.scope(),
                "from",
                from,
                "to",
                to,
                "points",
                points));
    }

    private static void ordered(Instant from, Instant to) throws HttpProblem {
        if (from.isAfter(to)) {
            throw HttpProblem.badParameter("from", "from (" + from + ") is after to (" + to + ")");
        }
    }

    private Answer tags(Request request) throws HttpProblem {
        String tag = request.parameter("tag");
        if (tag != null) {
            Optional<TagSeen> seen = history.tag(Parameters.stream(request), Parameters.tag("tag", tag));
            return json(Map.of("tags", seen.stream().toList()));
        }
        String prefix = Parameters.tag("prefix", request.parameter("prefix", ""));
        return json(
                Map.of("tags", history.tags(Parameters.stream(request), prefix, request.number("limit", 20, 1, 200))));
    }

    static Response json(Object value) {
        try {
            return Response.json(JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON: " + e.getMessage(), e);
        }
    }
}
