package freshet.trends.rank;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a ranker stands, in few enough characters for the metadata of a committed offset.
 *
 * @param restart offset in {@code trend-candidates} from which a successor reads again; what is committed
 * @param appliedBefore offset before which all records have been applied once: in what is read again nothing can be
 *     missing, though a belated record may stand there out of order
 * @param publishedTo event time up to which all finals are published, milliseconds
 * @param longestSlide the longest slide, milliseconds
 */
public record Position(long restart, long appliedBefore, long publishedTo, long longestSlide) {

    private static final Pattern TEXT = Pattern.compile("rank1 (-?\\d+) (-?\\d+) (-?\\d+) (\\d+)");

    /** Event time from which on a successor must know the finals: the last ones before {@link #publishedTo}. */
    public long finalsFrom() {
        return publishedTo < Long.MIN_VALUE + longestSlide ? Long.MIN_VALUE : publishedTo - longestSlide;
    }

    public String encode() {
        return "rank1 " + restart + " " + appliedBefore + " " + publishedTo + " " + longestSlide;
    }

    /** @throws IllegalArgumentException when the text is none that {@link #encode} gives */
    public static Position decode(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no position of a ranker: \"" + text + "\"");
        }
        return new Position(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4)));
    }
}
