package freshet.ingest.format;

import freshet.ingest.contract.MalformedRecordException;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Twitter's v1.1 dates, e.g. {@code Wed Jul 03 06:29:00 +0000 2019}, as milliseconds since the epoch. */
final class TwitterTime {

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private TwitterTime() {}

    static long parse(String text, String field) throws MalformedRecordException {
        try {
            int month = MONTHS.indexOf(text.substring(4, 7));
            if (text.length() == 30
                    && month >= 0
                    && month % 3 == 0
                    && text.charAt(10) == ' '
                    && text.charAt(13) == ':'
                    && text.charAt(16) == ':'
                    && text.startsWith(" +0000 ", 19)) {
                LocalDate date = LocalDate.of(number(text, 26, 30), month / 3 + 1, number(text, 8, 10));
                int hour = number(text, 11, 13);
                int minute = number(text, 14, 16);
                int second = number(text, 17, 19);
                long seconds = date.toEpochDay() * 86_400 + hour * 3600 + minute * 60 + second;
                if (seconds >= 0 && hour < 24 && minute < 60 && second < 60) {
                    return seconds * 1000;
                }
            }
        } catch (DateTimeException | NumberFormatException | IndexOutOfBoundsException e) {
            // said below
        }
        throw new MalformedRecordException("field " + field + " is not a date of Twitter's: "
                + (text.length() <= 40 ? text : text.substring(0, 40) + "…"));
    }

    private static int number(String text, int from, int to) {
        return Integer.parseUnsignedInt(text, from, to, 10);
    }
}
