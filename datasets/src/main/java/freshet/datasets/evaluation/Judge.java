package freshet.datasets.evaluation;

import freshet.datasets.evaluation.Report.False;
import freshet.datasets.evaluation.Report.Found;
import freshet.datasets.evaluation.Report.WindowReport;
import freshet.datasets.truth.Truth;
import freshet.ingest.text.TagFold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares sightings with the truth. */
final class Judge {

    private static final long GRACE_MS = 600_000;
    private static final int LARGE = 30;
    private static final double DAY_MS = 86_400_000;

    private final Truth truth;
    private final List<Set<String>> tagsOfBreakouts;
    private final Set<String> campaigns;
    private final Set<String> regulars;

    Judge(Truth truth) {
        this.truth = truth;
        this.tagsOfBreakouts = truth.breakouts().stream()
                .map(breakout -> folded(breakout.tags()))
                .toList();
        this.campaigns =
                folded(truth.campaigns().stream().map(Truth.Campaign::tag).toList());
        this.regulars = folded(truth.regulars());
    }

    private static Set<String> folded(List<String> tags) {
        return tags.stream().map(TagFold::fold).collect(Collectors.toSet());
    }

    WindowReport judge(String window, Sightings sightings, long spanMs) {
        List<Found> found = new ArrayList<>();
        Set<Sighting> matched = new HashSet<>();
        for (int i = 0; i < tagsOfBreakouts.size(); i++) {
            found.add(find(truth.breakouts().get(i), tagsOfBreakouts.get(i), sightings, matched));
        }
        List<False> wrong = sightings.all().stream()
                .filter(sighting -> !matched.contains(sighting))
                .map(this::wrong)
                .toList();
        int all = sightings.all().size();
        List<Found> hits = found.stream().filter(Found::found).toList();
        List<Found> large =
                found.stream().filter(one -> one.peakAuthors() >= LARGE).toList();
        return new WindowReport(
                window,
                share(hits.size(), found.size()),
                share((int) large.stream().filter(Found::found).count(), large.size()),
                share(all - wrong.size(), all),
                wrong.size() / Math.max(spanMs / DAY_MS, 1e-9),
                median(hits.stream().mapToDouble(Found::delaySeconds).toArray()),
                median(hits.stream()
                        .filter(hit -> hit.delayShare() != null)
                        .mapToDouble(Found::delayShare)
                        .toArray()),
                found,
                wrong);
    }

    private static Found find(Truth.Breakout breakout, Set<String> tags, Sightings sightings, Set<Sighting> matched) {
        long onset = breakout.onset().toEpochMilli();
        long until = breakout.end().toEpochMilli() + GRACE_MS;
        Sighting first = null;
        int rank = Integer.MAX_VALUE;
        for (Sighting sighting : sightings.all()) {
            if (sighting.breakingAt > onset
                    && sighting.breakingAt <= until
                    && sighting.tags.stream().anyMatch(tags::contains)) {
                matched.add(sighting);
                first = first == null ? sighting : first;
                rank = Math.min(rank, sighting.bestRank);
            }
        }
        Double delay = first == null ? null : (first.breakingAt - onset) / 1_000.0;
        Double share = first == null || breakout.peak() == null
                ? null
                : delay * 1_000 / Math.max(1, breakout.peak().toEpochMilli() - onset);
        return new Found(
                breakout.tag(),
                breakout.shape(),
                breakout.authors(),
                breakout.peakAuthors(),
                breakout.onset(),
                first != null,
                delay,
                share,
                first == null ? null : rank);
    }

    private False wrong(Sighting sighting) {
        String kind = sighting.tags.stream().anyMatch(campaigns::contains)
                ? "campaign"
                : regulars.contains(sighting.tag) ? "regular" : "background";
        return new False(
                sighting.tag,
                kind,
                Instant.ofEpochMilli(sighting.breakingAt),
                sighting.authorsMost,
                sighting.expectedAtFirst,
                sighting.scoreMost,
                sighting.bestRank,
                sighting.warming);
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return -1;
        }
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
