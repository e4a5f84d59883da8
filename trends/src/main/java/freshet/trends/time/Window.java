package freshet.trends.time;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sliding window over event time.
 *
 * @param name its size as the settings write it, e.g. {@code 10m}; part of the keys of {@code trends}
 * @param size milliseconds, a multiple of the slide
 * @param slide milliseconds from one end to the next
 */
public record Window(String name, long size, long slide) {

    /** Ends stand at least this far apart. */
    public static final long SLIDE_MIN = 100;

    /** No window has more panes than this; each is a slide in which every trend is judged anew. */
    public static final long PANES_MAX = 100_000;

    private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    public Window {
        if (slide < SLIDE_MIN) {
            throw new IllegalArgumentException(
                    "window " + name + " slides by " + slide + " ms; it must be at least " + SLIDE_MIN + " ms");
        }
        if (size < slide || size % slide != 0) {
            throw new IllegalArgumentException("window " + name + " must be a multiple of its slide, and " + size
                    + " ms is none of " + slide + " ms");
        }
        if (size / slide > PANES_MAX) {
            throw new IllegalArgumentException("window " + name + " is " + size / slide + " slides long; at most "
                    + PANES_MAX + ": choose a longer slide");
        }
    }

    /**
     * Reads {@code SIZE/SLIDE}, e.g. {@code 10m/10s}; units are ms, s, m, h, d.
     *
     * @throws IllegalArgumentException with a line for the user
     */
    public static Window parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "a window is written SIZE/SLIDE, for example 10m/10s, not \"" + text + "\"");
        }
        String name = text.substring(0, slash).strip();
        return new Window(name, length(name), length(text.substring(slash + 1).strip()));
    }

    private static long length(String text) {
        Matcher matcher = LENGTH.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "a length of time is a number and ms, s, m, h or d, for example 10m, not \"" + text + "\"");
        }
        long unit = switch (matcher.group(2)) {
            case "ms" -> 1L;
            case "s" -> 1_000L;
            case "m" -> 60_000L;
            case "h" -> 3_600_000L;
            default -> 86_400_000L;
        };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    /** The first end whose window holds a time: the first after it. */
    public long endAfter(long time) {
        return Math.floorDiv(time, slide) * slide + slide;
    }

    /** The first end whose window no longer holds a time that earlier ones held. */
    public long endWithout(long time) {
        return endAfter(time) + size;
    }

    /** The first end after a time that is a multiple of the size: every post is in exactly one such window. */
    public long tumblingEndAfter(long time) {
        return Math.floorDiv(time, size) * size + size;
    }

    public boolean isTumblingEnd(long end) {
        return Math.floorMod(end, size) == 0;
    }

    @Override
    public String toString() {
        return name + "/" + slide + "ms";
    }
}
