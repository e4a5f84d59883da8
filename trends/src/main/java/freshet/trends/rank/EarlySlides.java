package freshet.trends.rank;

import freshet.trends.contract.Ranking;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Early;
import freshet.trends.contract.TrendCandidates.Slide;
import freshet.trends.contract.TrendCandidates.Total;
import freshet.trends.time.Watermarks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One window's newest slides so far, by target partition. One is worth showing when all target partitions have told theirs,
 * or when one of them tells a later one already. At most {@value #HELD_MAX} are held.
 */
final class EarlySlides {

    private static final int HELD_MAX = 4;

    private final TreeMap<Long, Map<Integer, Part>> slides = new TreeMap<>();
    private Ranking last;

    /** What was told of a slide. */
    record Told(long end, List<Candidate> candidates, String partitions) {}

    private record Part(Early early, List<Candidate> candidates) {}

    /** Takes a slide of a target partition; returns the slide to show, or null. */
    Told take(TrendCandidates record, Slide slide, long notBefore) {
        if (slide.at() <= notBefore || (last != null && slide.at() <= last.at().toEpochMilli())) {
            return null;
        }
        Long before = slides.lowerKey(slide.at());
        Told overtaken = before != null && slides.get(before).containsKey(record.partition())
                ? told(before, record.partitions())
                : null;
        slides.computeIfAbsent(slide.at(), at -> new HashMap<>())
                .put(record.partition(), new Part(record.early(), slide.candidates()));
        while (slides.size() > HELD_MAX) {
            slides.pollFirstEntry();
        }
        boolean whole = slides.get(slide.at()).size() == record.partitions();
        return whole ? told(slide.at(), record.partitions()) : overtaken;
    }

    private Told told(long end, int partitions) {
        Map<Integer, Part> parts = slides.get(end);
        slides.headMap(end, true).clear();
        List<Candidate> candidates = new ArrayList<>();
        Early least = null;
        for (Part part : parts.values()) {
            candidates.addAll(part.candidates());
            least = least == null || part.early().heard() < least.heard() ? part.early() : least;
        }
        String heard = parts.size() < partitions ? parts.size() + "/" + partitions : least.heard() + "/" + least.of();
        return new Told(end, candidates, heard);
    }

    /** The newest early ranking, or null. */
    Ranking last() {
        return last;
    }

    void lastIs(Ranking ranking) {
        last = ranking;
    }

    /** Posts of panes that no closed stretch has told yet, by the newest early record of each target partition. */
    static final class Posts {
        private final Map<Integer, List<Total>> totals = new HashMap<>();

        void take(TrendCandidates record) {
            totals.put(record.partition(), record.totals());
        }

        long in(long size, long end, Watermarks closed, long pane) {
            long sum = 0;
            for (Map.Entry<Integer, List<Total>> partition : totals.entrySet()) {
                for (Total total : partition.getValue()) {
                    boolean told = total.at() + pane <= closed.of(partition.getKey());
                    if (!told && total.at() >= end - size && total.at() < end) {
                        sum += total.posts();
                    }
                }
            }
            return sum;
        }
    }
}
