package freshet.datasets.evaluation;

import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.State;
import freshet.trends.contract.Ranking.Trend;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects from the finals of one window the trends that were ever breaking. */
final class Sightings {

    private final Map<String, Sighting> byLife = new LinkedHashMap<>();

    void accept(Ranking ranking) {
        for (Trend trend : ranking.trends()) {
            Sighting sighting = byLife.get(trend.id());
            if (sighting == null) {
                if (trend.state() != State.BREAKING) {
                    continue;
                }
                sighting = new Sighting(trend.tag(), ranking.at().toEpochMilli());
                sighting.expectedAtFirst = trend.expected();
                sighting.warming = trend.warming();
                byLife.put(trend.id(), sighting);
            }
            sighting.tags.addAll(trend.tags());
            sighting.lastAt = ranking.at().toEpochMilli();
            sighting.bestRank = Math.min(sighting.bestRank, trend.rank());
            sighting.authorsMost = Math.max(sighting.authorsMost, trend.authors());
            sighting.scoreMost = Math.max(sighting.scoreMost, trend.score());
        }
    }

    /** In the order in which they were first breaking. */
    Collection<Sighting> all() {
        return byLife.values();
    }
}
