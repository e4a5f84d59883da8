package freshet.ingest.mock;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of one connection instead of a good one.
 *
 * @param kind what happens
 * @param value the HTTP status, or the code of the {@code disconnect} message
 * @param after how many messages come before
 */
record Failure(Kind kind, int value, long after) {

    enum Kind {
        /** The request is answered with an HTTP status. */
        STATUS,
        /** Nothing comes any more, no keep-alive either, and the connection stays. */
        STALL,
        /** The connection breaks within a message. */
        CUT,
        /** A {@code disconnect} message comes, and the connection is closed in order. */
        DISCONNECT,
        /** A line comes that is no JSON; then all goes on. */
        GARBAGE,
        /** A {@code warning} comes that the client falls behind; then all goes on. */
        WARNING,
        /** Nothing fails. */
        OK
    }

    static final Failure NONE = new Failure(Kind.OK, 0, 0);

    private static final int DEFAULT_CODE = 12; // shed load: "connect again"
    private static final Pattern STATUS = Pattern.compile("[45]\\d\\d");
    private static final Pattern LATER =
            Pattern.compile("(stall|cut|disconnect|garbage|warning)(?:@(\\d{1,12}))?(?::(\\d{1,3}))?");

    /** Reads {@code ok}, {@code 420}, {@code stall@100}, {@code cut@100}, {@code disconnect@100:12} and the like. */
    static Failure parse(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.equals("ok")) {
            return NONE;
        }
        if (STATUS.matcher(word).matches()) {
            return new Failure(Kind.STATUS, Integer.parseInt(word), 0);
        }
        Matcher later = LATER.matcher(word);
        if (!later.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no failure; write an HTTP status such as 420, stall@N, "
                            + "cut@N, disconnect@N or disconnect@N:CODE, garbage@N, warning@N (N: messages before it), or ok");
        }
        long after = later.group(2) == null ? 0 : Long.parseLong(later.group(2));
        int code = later.group(3) == null ? DEFAULT_CODE : Integer.parseInt(later.group(3));
        return new Failure(Kind.valueOf(later.group(1).toUpperCase(Locale.ROOT)), code, after);
    }
}
