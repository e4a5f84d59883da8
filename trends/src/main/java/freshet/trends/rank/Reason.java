package freshet.trends.rank;

import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.time.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Says in one sentence, for a person, why a tag is a trend: seen against expected, and how rare that is. */
final class Reason {

    private static final double MINUTE = 60_000;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;
    private static final double MONTH = 30.44 * DAY;
    private static final double YEAR = 365.25 * DAY;
    private static final double ODDS_NOT_WORTH_TELLING = 0.1;

    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final MathContext TWO_DIGITS = new MathContext(2);
    private static final double PRECISE = 0.02;

    private Reason() {}

    /** E.g. {@code 41 authors in 10 minutes, 2 expected; as rare as once in 8 months}. */
    static String of(Candidate candidate, Window window) {
        return authors(candidate) + " in " + span(window.size()) + ", " + expected(candidate.expected())
                + rarity(candidate.odds(), window)
                + (candidate.warming() ? "; the stream is young, so little is known of its past" : "");
    }

    /** E.g. {@code 41 authors}; where a sample was counted {@code about 41,100 authors}, as exactly as it says. */
    static String authors(Candidate candidate) {
        if (candidate.level() == 0) {
            return candidate.authors() + (candidate.authors() == 1 ? " author" : " authors");
        }
        MathContext digits = candidate.authorsError() < PRECISE ? THREE_DIGITS : TWO_DIGITS;
        long rounded = new BigDecimal(candidate.authors()).round(digits).longValue();
        return String.format(Locale.ROOT, "about %,d authors", rounded);
    }

    private static String expected(double expected) {
        if (expected < 0.95) {
            return "fewer than 1 expected";
        }
        return expected < 9.95
                ? String.format(Locale.ROOT, "%.1f expected", expected).replace(".0 ", " ")
                : Math.round(expected) + " expected";
    }

    private static String rarity(double odds, Window window) {
        if (odds >= ODDS_NOT_WORTH_TELLING) {
            return "";
        }
        double once = window.size() / odds;
        if (once >= 100 * YEAR) {
            return "; rarer than once in a century";
        }
        return "; as rare as once in " + span(once);
    }

    private static String span(double millis) {
        if (millis < MINUTE) {
            return number(millis / 1000, "second");
        } else if (millis < HOUR) {
            return number(millis / MINUTE, "minute");
        } else if (millis < 2 * DAY) {
            return number(millis / HOUR, "hour");
        } else if (millis < 2 * MONTH) {
            return number(millis / DAY, "day");
        } else if (millis < 2 * YEAR) {
            return number(millis / MONTH, "month");
        }
        return number(millis / YEAR, "year");
    }

    private static String number(double value, String unit) {
        long whole = Math.max(1, Math.round(value));
        return whole + " " + unit + (whole == 1 ? "" : "s");
    }
}
