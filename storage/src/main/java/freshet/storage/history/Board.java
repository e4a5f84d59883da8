package freshet.storage.history;

import freshet.ingest.contract.Stream;
import freshet.trends.contract.Ranking;

/** What a ranking is the ranking of: one window and scope of one stream. */
public record Board(Stream stream, String window, String scope) {

    public static Board of(Stream stream, Ranking ranking) {
        return new Board(stream, ranking.window(), ranking.scope());
    }
}
