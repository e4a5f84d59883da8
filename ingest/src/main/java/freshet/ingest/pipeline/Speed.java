package freshet.ingest.pipeline;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How fast a recording plays.
 *
 * @param factor event time per wall time, e.g. 60: a minute of the recording each second; infinite: as fast as it goes
 */
public record Speed(double factor) {

    public static final Speed REAL = new Speed(1);
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    private static final Pattern FACTOR = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)x?");

    public Speed {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a speed is above 0, not " + factor);
        }
    }

    /** Reads {@code 60x}, {@code 0.5x} or {@code max}. */
    public static Speed parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("max")) {
            return MAX;
        }
        var match = FACTOR.matcher(word);
        if (!match.matches() || Double.parseDouble(match.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "speed \"" + text + "\" is none; give a factor such as 1x or 60x, or max");
        }
        return new Speed(Double.parseDouble(match.group(1)));
    }

    public boolean isMax() {
        return Double.isInfinite(factor);
    }
}
