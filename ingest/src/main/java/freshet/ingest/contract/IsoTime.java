package freshet.ingest.contract;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * ISO-8601 times as milliseconds since the epoch. Every post is read and written with at least one, so the common form
 * {@code 2026-11-24T14:30:00.123Z} goes by hand (some 20 ns); all others go through {@code java.time}.
 */
final class IsoTime {

    /** Times outside 1970 to 9999 are no times of posts; Kafka has no timestamps below 0. */
    static final long MAX = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private static final int MILLIS_PER_DAY = 86_400_000;

    private IsoTime() {}

    static String format(long millis) {
        if (millis < 0 || millis > MAX) {
            throw new IllegalArgumentException("not a time between 1970 and 9999: " + millis + " ms");
        }
        LocalDate date = LocalDate.ofEpochDay(millis / MILLIS_PER_DAY);
        int ofDay = (int) (millis % MILLIS_PER_DAY);
        byte[] out = new byte[24];
        digits(out, 0, 4, date.getYear());
        out[4] = '-';
        digits(out, 5, 2, date.getMonthValue());
        out[7] = '-';
        digits(out, 8, 2, date.getDayOfMonth());
        out[10] = 'T';
        digits(out, 11, 2, ofDay / 3_600_000);
        out[13] = ':';
        digits(out, 14, 2, ofDay / 60_000 % 60);
        out[16] = ':';
        digits(out, 17, 2, ofDay / 1000 % 60);
        out[19] = '.';
        digits(out, 20, 3, ofDay % 1000);
        out[23] = 'Z';
        return new String(out, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] out, int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            out[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Throws {@link DateTimeException} or {@link ArithmeticException} where the text is no time. */
    static long parse(String text) {
        int length = text.length();
        if ((length == 20 || length == 24)
                && text.charAt(length - 1) == 'Z'
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (length == 20 || text.charAt(19) == '.')) {
            int year = number(text, 0, 4);
            int month = number(text, 5, 2);
            int day = number(text, 8, 2);
            int hour = number(text, 11, 2);
            int minute = number(text, 14, 2);
            int second = number(text, 17, 2);
            int milli = length == 24 ? number(text, 20, 3) : 0;
            if ((year | month | day | hour | minute | second | milli) >= 0 && hour < 24 && minute < 60 && second < 60) {
                return LocalDate.of(year, month, day).toEpochDay() * MILLIS_PER_DAY
                        + ((hour * 60 + minute) * 60 + second) * 1000
                        + milli;
            }
        }
        return (text.endsWith("Z")
                        ? Instant.parse(text)
                        : OffsetDateTime.parse(text).toInstant())
                .toEpochMilli();
    }

    /** The number at a place, or -1 where there is none. */
    private static int number(String text, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
