package freshet.trends.rank;

import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.Trend;
import freshet.trends.contract.TrendCandidates.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lives that the ranking of the slide before holds, and which stories carry them on: the one with the tag that led it,
 * and where that tag is gone, the best one with another of its tags. Where two lives meet in one story the one that began
 * first goes on.
 */
final class Lives {

    private final Map<String, Trend> byTag = new HashMap<>();
    private final Map<String, Trend> byLead = new HashMap<>();

    /** @param before the ranking of the slide before, or null */
    Lives(Ranking before) {
        if (before != null) {
            for (Trend trend : before.trends()) {
                trend.tags().forEach(tag -> byTag.put(tag, trend));
                byLead.put(trend.tag(), trend);
            }
        }
    }

    /** The trend of which a tag was part, or null. */
    Trend of(String tag) {
        return byTag.get(tag);
    }

    boolean stoodTogether(Candidate a, Candidate b) {
        Trend trend = byTag.get(a.tag());
        return trend != null && trend == byTag.get(b.tag());
    }

    /** The life that each story carries on, or null where it begins one. */
    List<Trend> carriedOnBy(List<List<Candidate>> stories) {
        List<Trend> carried = new ArrayList<>(stories.size());
        Set<String> taken = new HashSet<>();
        for (List<Candidate> story : stories) {
            Trend eldest = null;
            for (Candidate member : story) {
                Trend life = byLead.get(member.tag());
                if (life != null && (eldest == null || life.since().isBefore(eldest.since()))) {
                    eldest = life;
                }
            }
            carried.add(eldest);
            if (eldest != null) {
                taken.add(eldest.id());
            }
        }
        for (int i = 0; i < carried.size(); i++) {
            for (Candidate member : stories.get(i)) {
                Trend life = byTag.get(member.tag());
                if (carried.get(i) == null && life != null && taken.add(life.id())) {
                    carried.set(i, life);
                }
            }
        }
        return carried;
    }
}
