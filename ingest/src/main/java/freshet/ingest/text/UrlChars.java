package freshet.ingest.text;

/** Which characters may stand where in a URL, by twitter-text. */
final class UrlChars {

    private UrlChars() {}

    /** May not stand directly before a URL. */
    static boolean barsUrl(int c) {
        return isAsciiWord(c) || c == '@' || c == '＠' || c == '$' || TagChars.isHash(c) || c >= 0xFEFF && isNoChar(c);
    }

    private static boolean isNoChar(int c) {
        return c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
    }

    static boolean isAsciiWord(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Of a domain's label. */
    static boolean isDomain(int c) {
        return c < 0x80 ? isAsciiWord(c) : isAccented(c);
    }

    /** Of a domain's label in any script, where a protocol stands before it. */
    static boolean isUnicodeDomain(int c) {
        if (c < 0x80) {
            return isAsciiWord(c) || (c < ' ' && !(c >= 0x09 && c <= 0x0D)) || c == 0x7F || c == '\\';
        }
        int type = Character.getType(c);
        boolean separator = type == Character.SPACE_SEPARATOR
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        boolean generalPunctuation = c >= 0x2000 && c <= 0x206F;
        return !separator && !generalPunctuation;
    }

    static boolean isPath(int c) {
        if (c < 0x80) {
            return isAsciiWord(c) || "!*';:=+,.$/%#[]-_~|&@".indexOf(c) >= 0;
        }
        return c == 0x2013 || isAccented(c) || isCyrillic(c);
    }

    /** May end a path, so that /foo. does not take the full stop along. */
    static boolean endsPath(int c) {
        if (c < 0x80) {
            return isAsciiWord(c) || "=_#/-+".indexOf(c) >= 0;
        }
        return isAccented(c) || isCyrillic(c);
    }

    static boolean isQuery(int c) {
        return c < 0x80 && (isAsciiWord(c) || "!?*'();:&=+$/%#[]-_.,~|@".indexOf(c) >= 0);
    }

    static boolean endsQuery(int c) {
        return c < 0x80 && (isAsciiWord(c) || "-_&=#/".indexOf(c) >= 0);
    }

    private static boolean isCyrillic(int c) {
        return c >= 0x0400 && c <= 0x04FF;
    }

    /** Latin letters with accents, those of the phonetic alphabet that African languages use, combining accents. */
    private static boolean isAccented(int c) {
        if (c <= 0x024F) {
            return c >= 0x00C0 && c != 0x00D7 && c != 0x00F7;
        }
        if (c <= 0x0300) {
            return switch (c) {
                case 0x0253,
                        0x0254,
                        0x0256,
                        0x0257,
                        0x0259,
                        0x025B,
                        0x0263,
                        0x0268,
                        0x026F,
                        0x0272,
                        0x0289,
                        0x028B,
                        0x02BB,
                        0x0300 -> true;
                default -> false;
            };
        }
        return c <= 0x036F || (c >= 0x1E00 && c <= 0x1EFF);
    }
}
