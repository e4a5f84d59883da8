package freshet.trends.recount;

import freshet.trends.contract.Ranking;
import freshet.trends.contract.TrendCandidates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the job has published, by window and slide; what it says twice and differently is noted. Kept small: a long
 * recording publishes millions of counts.
 */
public final class Published {

    /** Counts of one slide: a tag's number, its posts and its authors, thrice as many numbers as tags. */
    private record Counts(long posts, long[] numbers, int said) {}

    private static final long UNKNOWN = -1;

    private final Map<String, Integer> tagNumbers = new HashMap<>();
    private final List<String> tags = new ArrayList<>();
    private final Map<String, TreeMap<Long, Counts>> windows = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();

    /** Takes a record of {@code trends}; early ones prove nothing. */
    public void add(Ranking ranking) {
        if (!ranking.isFinal() || !ranking.scope().equals("all")) {
            return;
        }
        long[] numbers = new long[3 * ranking.trends().size()];
        int i = 0;
        for (Ranking.Trend trend : ranking.trends()) {
            numbers[i++] = number(trend.tag());
            numbers[i++] = trend.count();
            numbers[i++] = trend.authors();
        }
        Counts counts = new Counts(ranking.posts(), numbers, ranking.hashCode());
        Counts earlier = slides(ranking.window()).putIfAbsent(ranking.at().toEpochMilli(), counts);
        if (earlier != null && earlier.said() != counts.said()) {
            contradictions.add(ranking.window() + " " + ranking.at() + ": a different final followed a final");
        }
    }

    /** Takes a record of {@code trend-candidates}: a slide's tags are spread over them. */
    public void add(TrendCandidates candidates) {
        if (candidates.early() != null) {
            return;
        }
        for (TrendCandidates.Slide slide : candidates.slides()) {
            long[] numbers = new long[3 * slide.candidates().size()];
            int i = 0;
            for (TrendCandidates.Candidate candidate : slide.candidates()) {
                numbers[i++] = number(candidate.tag());
                numbers[i++] = candidate.count();
                numbers[i++] = candidate.authors();
            }
            slides(slide.window() + "/" + candidates.partition())
                    .merge(slide.at(), new Counts(UNKNOWN, numbers, slide.hashCode()), (earlier, now) -> {
                        if (earlier.said() != now.said()) {
                            contradictions.add(slide.window() + " " + slide.at() + ": partition "
                                    + candidates.partition() + " told other candidates before");
                        }
                        return earlier;
                    });
        }
    }

    private TreeMap<Long, Counts> slides(String window) {
        return windows.computeIfAbsent(window, k -> new TreeMap<>());
    }

    private int number(String tag) {
        return tagNumbers.computeIfAbsent(tag, k -> {
            tags.add(k);
            return tags.size() - 1;
        });
    }

    List<String> contradictions() {
        return contradictions;
    }

    /** The tags of a slide, of all its partitions where it is told by partition. */
    Map<String, Recount.Tally> tags(String window, long end) {
        Map<String, Recount.Tally> found = new HashMap<>();
        windows.forEach((name, slides) -> {
            Counts counts = slides.get(end);
            if (counts != null && of(name, window)) {
                for (int i = 0; i < counts.numbers().length; i += 3) {
                    found.put(
                            tags.get((int) counts.numbers()[i]),
                            new Recount.Tally(counts.numbers()[i + 1], counts.numbers()[i + 2]));
                }
            }
        });
        return found;
    }

    /** All posts of a slide, or null where nothing says so. */
    Long posts(String window, long end) {
        Counts counts = slides(window).get(end);
        return counts == null || counts.posts() == UNKNOWN ? null : counts.posts();
    }

    /** The ends of all slides with a tag, ascending. */
    List<Long> ends(String window) {
        return windows.entrySet().stream()
                .filter(e -> of(e.getKey(), window))
                .flatMap(e -> e.getValue().entrySet().stream())
                .filter(e -> e.getValue().numbers().length > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .distinct()
                .toList();
    }

    private static boolean of(String name, String window) {
        return name.equals(window) || name.startsWith(window + "/");
    }
}
