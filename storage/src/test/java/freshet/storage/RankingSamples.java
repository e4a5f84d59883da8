package freshet.storage;

import freshet.trends.contract.Band;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.State;
import freshet.trends.contract.Ranking.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rankings in short: {@code final_("10m", at, "eclipse:breaking:41", …)}. */
public final class RankingSamples {

    public static final Instant T0 = Instant.parse("2026-11-24T14:30:00Z");

    private RankingSamples() {}

    public static Ranking ranking(String window, Instant at, String... trends) {
        return ranking(window, at, true, trends);
    }

    public static Ranking ranking(String window, Instant at, boolean isFinal, String... trends) {
        List<Trend> list = new ArrayList<>();
        for (String trend : trends) {
            String[] part = trend.split(":");
            list.add(trend(
                    list.size() + 1,
                    part[0],
                    State.valueOf(part[1].toUpperCase(java.util.Locale.ROOT)),
                    part.length > 2 ? Long.parseLong(part[2]) : 10));
        }
        return new Ranking(window, "all", at, isFinal, isFinal ? "6/6" : "5/6", 1000, list, List.of());
    }

    private static Trend trend(int rank, String tag, State state, long authors) {
        return new Trend(
                rank,
                "life-of-" + tag,
                tag,
                List.of(tag),
                "#" + tag,
                state,
                authors + 3,
                authors,
                2.5,
                100.0 / rank,
                1e-6,
                T0,
                false,
                Collections.nCopies(60, 1),
                "because",
                List.of(),
                List.of(),
                List.of(),
                null,
                new Band(0, 6),
                new Band(0, 1),
                List.of(),
                List.of(),
                null);
    }
}
