package freshet.ingest.text;

/**
 * The characters that twitter-text lets stand in a hashtag, by Unicode property: letters and marks of every script,
 * decimal digits, and a few signs that are part of words.
 */
final class TagChars {

    private static final int LETTERS_AND_MARKS = 1 << Character.UPPERCASE_LETTER
            | 1 << Character.LOWERCASE_LETTER
            | 1 << Character.TITLECASE_LETTER
            | 1 << Character.MODIFIER_LETTER
            | 1 << Character.OTHER_LETTER
            | 1 << Character.NON_SPACING_MARK
            | 1 << Character.ENCLOSING_MARK
            | 1 << Character.COMBINING_SPACING_MARK;

    private TagChars() {}

    static boolean isHash(int c) {
        return c == '#' || c == '＃';
    }

    /** A tag needs at least one of these: all digits is a number. */
    static boolean isLetter(int c) {
        if (c < 0x80) {
            return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        }
        return (LETTERS_AND_MARKS >>> Character.getType(c) & 1) != 0 || isPrivateLetter(c);
    }

    static boolean isTagChar(int c) {
        return isLetter(c) || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER || isSign(c);
    }

    /** Private-use characters that were letters of Apple's older fonts. */
    private static boolean isPrivateLetter(int c) {
        return c >= 0xF870
                && c <= 0xF8D6
                && (c <= 0xF87F || c == 0xF882 || (c >= 0xF884 && c <= 0xF89F) || c == 0xF8B8 || c >= 0xF8C1);
    }

    private static boolean isSign(int c) {
        return switch (c) {
            case '_' -> true;
            case 0x00B7 -> true; // middle dot (Catalan l·l)
            case 0x05BE, 0x05F3, 0x05F4 -> true; // Hebrew maqaf, geresh, gershayim
            case 0x0F0B, 0x0F0C -> true; // Tibetan tsheg
            case 0x200C, 0x200D -> true; // zero width non-joiner and joiner
            case 0x3003, 0x301C, 0x309B, 0x309C, 0x30A0, 0x30FB -> true; // Japanese ditto, wave, voicing, middle dot
            case 0xA67E -> true; // Cyrillic kavyka
            case 0xFF5E -> true; // full-width tilde
            default -> false;
        };
    }
}
