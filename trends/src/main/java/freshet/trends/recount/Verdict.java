package freshet.trends.recount;

import freshet.trends.time.Window;
import freshet.trends.time.Windows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The posts against what was published.
 *
 * @param slides how many slides with a tag were compared
 * @param tags how many tags in them
 * @param findings where they differ, one line each; empty when all agree
 */
public record Verdict(long slides, long tags, List<String> findings) {

    private static final int FINDINGS_MAX = 100;

    /**
     * Compares every tag and slide.
     *
     * @param authorsMin tags with fewer authors were not to be published
     */
    public static Verdict of(Recount recount, Published published, List<Window> windows, int authorsMin) {
        List<String> findings = new ArrayList<>(published.contradictions());
        long pane = new Windows(windows).pane();
        long slides = 0;
        long tags = 0;
        for (Window window : windows) {
            Set<Long> expectedEnds = new HashSet<>();
            for (Recount.Slide slide : recount.slides(window, pane)) {
                slide.strayed().forEach(estimate -> add(findings, window, slide.end(), estimate));
                Map<String, Recount.Tally> expected = new HashMap<>(slide.tags());
                expected.values().removeIf(tally -> tally.authors() < authorsMin);
                if (!expected.isEmpty()) {
                    expectedEnds.add(slide.end());
                    slides++;
                    tags += expected.size();
                    compare(window, slide, expected, published, findings);
                }
            }
            for (long end : published.ends(window.name())) {
                if (!expectedEnds.contains(end)) {
                    add(
                            findings,
                            window,
                            end,
                            "published, and the posts have nothing for it, or it cannot have closed");
                }
            }
        }
        return new Verdict(slides, tags, List.copyOf(findings));
    }

    private static void compare(
            Window window,
            Recount.Slide slide,
            Map<String, Recount.Tally> expected,
            Published published,
            List<String> findings) {
        Map<String, Recount.Tally> found = published.tags(window.name(), slide.end());
        if (found.isEmpty()) {
            add(findings, window, slide.end(), "never published, with " + expected.size() + " tags");
            return;
        }
        Long posts = published.posts(window.name(), slide.end());
        if (posts != null && posts != slide.posts()) {
            add(findings, window, slide.end(), "posts " + posts + " published, " + slide.posts() + " counted");
        }
        if (!found.equals(expected)) {
            Set<String> all = new HashSet<>(found.keySet());
            all.addAll(expected.keySet());
            for (String tag : all) {
                if (!java.util.Objects.equals(found.get(tag), expected.get(tag))) {
                    add(
                            findings,
                            window,
                            slide.end(),
                            "#" + tag + " published " + found.get(tag) + ", counted " + expected.get(tag));
                }
            }
        }
    }

    private static void add(List<String> findings, Window window, long end, String what) {
        if (findings.size() < FINDINGS_MAX) {
            findings.add(window.name() + " " + Instant.ofEpochMilli(end) + ": " + what);
        }
    }

    public boolean agrees() {
        return findings.isEmpty();
    }
}
