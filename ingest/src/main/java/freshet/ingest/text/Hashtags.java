package freshet.ingest.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the hashtags of a text by the twitter-text rules: {@code #} or {@code ＃}, not after a word character or
 * {@code &}, then characters of a tag with at least one letter among them; none that runs into another {@code #} or into
 * {@code ://}, and none inside a URL. Time is linear in the text, whatever the text.
 *
 * @see <a href="https://github.com/twitter/twitter-text">twitter-text, the reference</a>
 */
public final class Hashtags {

    private Hashtags() {}

    /** The tags in order, as written, without their {@code #}; a tag that stands twice is there twice. */
    public static List<String> of(String text) {
        // Most texts have no tag, and searching for a single character is a vector instruction.
        if (text.indexOf('#') < 0 && text.indexOf('＃') < 0) {
            return List.of();
        }
        List<Span> tags = candidates(text, nextHash(text, 0));
        if (tags.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>(tags.size());
        for (Span tag : Urls.without(tags, text)) {
            names.add(text.substring(tag.start() + 1, tag.end()));
        }
        return names;
    }

    private static List<Span> candidates(String text, int firstHash) {
        List<Span> tags = new ArrayList<>(4);
        int done = 0;
        for (int hash = firstHash; hash >= 0; hash = nextHash(text, hash + 1)) {
            // The character before must not belong to the tag before: in #a#b neither is one.
            if (hash > 0 && (hash <= done || !mayPrecede(text.codePointBefore(hash)))) {
                continue;
            }
            int end = tagEnd(text, hash + 1);
            if (end < 0) {
                continue;
            }
            done = end;
            if (!runsOn(text, end)) {
                tags.add(new Span(hash, end));
            }
        }
        return tags;
    }

    private static int nextHash(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (TagChars.isHash(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Variation selectors are marks, yet stand before a tag too: they end an emoji. */
    private static boolean mayPrecede(int c) {
        return c == 0xFE0E || c == 0xFE0F || (c != '&' && !TagChars.isTagChar(c));
    }

    /** Where the tag that begins here ends, or -1 where none begins. */
    private static int tagEnd(String text, int from) {
        if (from < text.length() && (text.charAt(from) == 0xFE0F || text.charAt(from) == 0x20E3)) {
            return -1; // the keycap emoji #️⃣
        }
        boolean letter = false;
        int i = from;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (TagChars.isLetter(c)) {
                letter = true;
            } else if (!TagChars.isTagChar(c)) {
                break;
            }
            i += Character.charCount(c);
        }
        return letter ? i : -1;
    }

    private static boolean runsOn(String text, int end) {
        return (end < text.length() && TagChars.isHash(text.charAt(end))) || text.startsWith("://", end);
    }
}
