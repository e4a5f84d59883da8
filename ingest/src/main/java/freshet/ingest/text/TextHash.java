package freshet.ingest.text;

/**
 * A 64-bit hash that near-identical texts share: links, handles, case, white space and digits do not count, so that
 * copies of one message with a changed link, a changed name or a counter in it are seen to be copies.
 */
public final class TextHash {

    // FNV-1a over UTF-16 units, finished by Murmur3's mixer: no allocation, and the same on every JVM.
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private TextHash() {}

    /** The hash as 16 hexadecimal digits; null where nothing is left of the text. */
    public static String of(String text) {
        long hash = BASIS;
        boolean anything = false;
        int length = text.length();
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (c == '@') {
                i = handleEnd(text, i + 1);
            } else if ((c == 'h' || c == 'H')
                    && i + 1 < length
                    && (text.charAt(i + 1) | 0x20) == 't'
                    && isLink(text, i)) {
                i = wordEnd(text, i);
            } else {
                if (counts(c)) {
                    hash = (hash ^ lower(c)) * PRIME;
                    anything = true;
                }
                i++;
            }
        }
        return anything ? hex(mix(hash)) : null;
    }

    private static boolean counts(char c) {
        return c < 0x80 ? c > ' ' && (c < '0' || c > '9') : isCaseless(c) || !Character.isWhitespace(c) && c != 0xA0;
    }

    private static int lower(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
        }
        return isCaseless(c) ? c : Character.toLowerCase(c);
    }

    /**
     * Blocks without case and white space, Hebrew to Burmese, East Asian, surrogates: most of what is not ASCII, and
     * not worth a look at Unicode's tables.
     */
    private static boolean isCaseless(char c) {
        return (c >= 0x0590 && c < 0x10A0) || (c > 0x3000 && c < 0xA4D0) || (c >= 0xAC00 && c < 0xE000);
    }

    private static boolean isLink(String text, int at) {
        return text.regionMatches(true, at, "http://", 0, 7) || text.regionMatches(true, at, "https://", 0, 8);
    }

    private static int wordEnd(String text, int from) {
        int i = from;
        while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int handleEnd(String text, int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean ofHandle = c < 0x80 && (Character.isLetterOrDigit(c) || c == '_');
            if (!ofHandle) {
                break;
            }
            i++;
        }
        return i;
    }

    private static long mix(long hash) {
        long h = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    private static String hex(long hash) {
        byte[] out = new byte[16];
        for (int i = 0; i < 16; i++) {
            int digit = (int) (hash >>> (60 - 4 * i)) & 15;
            out[i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
        return new String(out, java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
