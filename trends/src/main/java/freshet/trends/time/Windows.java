package freshet.trends.time;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The windows of a job, and the grid of panes on which the edges of all of them lie.
 *
 * @param all in the order of the settings
 */
public record Windows(List<Window> all) {

    /** What is counted unless the settings say otherwise. */
    public static final Windows DEFAULT = parse("1m/1s,10m/10s,1h/1m");

    /** A pane is no longer than this, whatever the slides. */
    private static final long PANE_MAX = 60_000;

    public Windows {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no window to count: give at least one, for example 10m/10s");
        }
        Set<String> names = new HashSet<>();
        for (Window window : all) {
            if (!names.add(window.name())) {
                throw new IllegalArgumentException("two windows are named " + window.name() + "; sizes must differ");
            }
        }
    }

    /**
     * Reads windows parted by commas, e.g. {@code 1m/1s,10m/10s,1h/1m}.
     *
     * @throws IllegalArgumentException with a line for the user
     */
    public static Windows parse(String text) {
        List<Window> windows = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            windows.add(Window.parse(part.strip()));
        }
        return new Windows(windows);
    }

    /** Size of the longest, milliseconds. */
    public long longest() {
        return all.stream().mapToLong(Window::size).max().orElseThrow();
    }

    /** Length of a pane, milliseconds: it divides every slide. */
    public long pane() {
        long pane = PANE_MAX;
        for (Window window : all) {
            pane = gcd(pane, window.slide());
        }
        return pane;
    }

    /** The window of a name, or null. */
    public Window named(String name) {
        for (Window window : all) {
            if (window.name().equals(name)) {
                return window;
            }
        }
        return null;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
