package freshet.storage.history;

import freshet.trends.contract.Band;
import freshet.trends.contract.Ranking.State;
import java.time.Instant;

/**
 * A trend at one kept final. Between two points further apart than the board's slides the tag may have been out of the
 * ranking.
 *
 * @param id of this life of the trend
 * @param count posts in the window that ends at {@code at}
 * @param authors distinct authors among them
 * @param expected distinct authors that the tag's own past explains
 * @param band between which numbers of authors that past lets one expect the window; null where it was not recorded
 */
public record TimelinePoint(
        Instant at,
        String id,
        int rank,
        State state,
        long count,
        long authors,
        double expected,
        double score,
        Band band) {}
