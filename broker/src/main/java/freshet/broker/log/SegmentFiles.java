package freshet.broker.log;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a segment's files: its base offset in twenty digits, so that they sort as they follow. */
final class SegmentFiles {
    private static final Pattern LOG = Pattern.compile("(\\d{20})\\.log");

    private SegmentFiles() {}

    static String log(long baseOffset) {
        return "%020d.log".formatted(baseOffset);
    }

    static String offsetIndex(long baseOffset) {
        return "%020d.index".formatted(baseOffset);
    }

    static String timeIndex(long baseOffset) {
        return "%020d.timeindex".formatted(baseOffset);
    }

    /** The base offset in the name of a log file; nothing for any other name. */
    static OptionalLong baseOffset(String name) {
        Matcher m = LOG.matcher(name);
        try {
            return m.matches() ? OptionalLong.of(Long.parseLong(m.group(1))) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
