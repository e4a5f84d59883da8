package freshet.dashboard.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import freshet.dashboard.http.Answer;
import freshet.dashboard.http.HttpProblem;
import freshet.dashboard.http.Request;
import freshet.dashboard.posts.PostReader;
import freshet.dashboard.posts.Ref;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.Stream;
import freshet.storage.history.TrendHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers {@code /api/posts}: what was taken back, or is no longer in the log, is named as missing. */
final class Posts {

    private static final int REFS_MAX = 50;

    private final PostReader reader;
    private final TrendHistory history;

    Posts(PostReader reader, TrendHistory history) {
        this.reader = reader;
        this.history = history;
    }

    /** One of {@code post} and {@code missing} is null. */
    record Entry(String ref, @JsonRawValue String post, String missing) {}

    Answer read(Request request) throws HttpProblem {
        Stream stream = Parameters.stream(request);
        Set<Ref> refs = refs(request.query().getOrDefault("ref", List.of()));
        Map<Ref, Post> found;
        try {
            found = reader.read(stream, refs);
        } catch (IOException e) {
            throw HttpProblem.unavailable(e.getMessage());
        }
        List<Entry> entries = new ArrayList<>();
        for (Ref ref : refs) {
            Post post = found.get(ref);
            if (post == null) {
                entries.add(new Entry(ref.toString(), null, "gone"));
            } else if (retracted(stream, post)) {
                entries.add(new Entry(ref.toString(), null, "retracted"));
            } else {
                entries.add(
                        new Entry(ref.toString(), new String(PostCodec.encode(post), StandardCharsets.UTF_8), null));
            }
        }
        return Api.json(Map.of("posts", entries));
    }

    private boolean retracted(Stream stream, Post post) {
        return history.retracted(
                stream, post.source(), post.id(), post.author().id(), Instant.ofEpochMilli(post.time()));
    }

    private static Set<Ref> refs(List<String> given) throws HttpProblem {
        if (given.isEmpty() || given.size() > REFS_MAX) {
            throw HttpProblem.badParameter("ref", "ref is given 1 to " + REFS_MAX + " times, not " + given.size());
        }
        Set<Ref> refs = new LinkedHashSet<>();
        for (String ref : given) {
            refs.add(Ref.parse(ref)
                    .orElseThrow(() -> HttpProblem.badParameter(
                            "ref", "ref is a partition and an offset such as 3@1207, not " + Request.shown(ref))));
        }
        return refs;
    }
}
