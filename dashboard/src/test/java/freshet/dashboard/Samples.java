package freshet.dashboard;

import freshet.ingest.contract.Post;
import freshet.trends.contract.Band;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.Share;
import freshet.trends.contract.Ranking.State;
import freshet.trends.contract.Ranking.Trend;
import freshet.trends.contract.RankingCodec;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Records in short. */
public final class Samples {

    public static final Instant T0 = Instant.parse("2026-11-24T14:30:00Z");

    private Samples() {}

    public static byte[] ranking(Instant at, boolean isFinal, String... tags) {
        List<Trend> trends = java.util.Arrays.stream(tags).map(Samples::trend).toList();
        return RankingCodec.encode(
                new Ranking("10m", "all", at, isFinal, isFinal ? "6/6" : "5/6", 1000, trends, List.of()));
    }

    private static Trend trend(String tag) {
        return new Trend(
                1,
                "life-of-" + tag.hashCode(),
                tag.toLowerCase(java.util.Locale.ROOT),
                List.of(tag),
                tag,
                State.BREAKING,
                50,
                41,
                2.1,
                30,
                1e-9,
                T0,
                false,
                Collections.nCopies(60, 1),
                "41 authors in 10 minutes, 2 expected",
                List.of(),
                List.of(),
                List.of(),
                null,
                new Band(0, 6),
                new Band(0, 1),
                List.of(new Share("pt", 0.62), new Share("en", 0.3)),
                List.of(new Share("twitter", 1)),
                null);
    }

    public static Post post(String id, String text) {
        return new Post(
                id,
                "twitter",
                T0.toEpochMilli(),
                "en",
                null,
                null,
                new Post.Author("ann", "ann", 7L, null),
                List.of("eclipse"),
                null,
                text,
                null,
                null);
    }
}
