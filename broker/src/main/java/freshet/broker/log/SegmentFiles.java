package freshet.broker.log;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a segment's files: its base offset in twenty digits, so that they sort as they follow. */
final class SegmentFiles {
    private static final Pattern LOG = Pattern.compile("(\\d{20})\\.log");

    private static final Pattern SWAP = Pattern.compile("(\\d{20})-(\\d{20})\\.swap");

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

    /** A compacted segment that is not complete, or has not taken its place. */
    static String cleaned(long baseOffset) {
        return "%020d.cleaned".formatted(baseOffset);
    }

    /** One that replaces the segments with base offsets from the first, up to but without the second. */
    static String swap(long from, long to) {
        return "%020d-%020d.swap".formatted(from, to);
    }

    /** The two offsets in the name of a swap file, or null for any other name. */
    static long[] swapRange(String name) {
        Matcher m = SWAP.matcher(name);
        return m.matches() ? new long[] {Long.parseLong(m.group(1)), Long.parseLong(m.group(2))} : null;
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
