package freshet.ingest.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The form under which a hashtag is counted: Unicode NFKC, lower case, without leading {@code #} signs. Full-width and
 * half-width, composed and decomposed, upper and lower case are one tag. Folding is idempotent.
 */
public final class TagFold {

    private TagFold() {}

    /** The folded tag; empty where nothing but signs is left. */
    public static String fold(String tag) {
        if (isFolded(tag)) {
            return tag;
        }
        String folded = once(tag);
        // Lower case can undo composition (e.g. of a dotted capital I); a second round settles it.
        String again = once(folded);
        while (!again.equals(folded)) {
            folded = again;
            again = once(folded);
        }
        return folded;
    }

    private static String once(String tag) {
        String lower = Normalizer.normalize(tag, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        int from = 0;
        while (from < lower.length() && (lower.charAt(from) == '#' || lower.charAt(from) == '＃')) {
            from++;
        }
        return lower.substring(from);
    }

    /** Plain ASCII in lower case, as most tags are, folds to itself. */
    private static boolean isFolded(String tag) {
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            if (c >= 0x80 || (c >= 'A' && c <= 'Z') || (c == '#' && i == 0)) {
                return false;
            }
        }
        return true;
    }
}
