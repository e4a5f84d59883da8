package freshet.trends.extract;

import org.apache.kafka.common.Uuid;

/**
 * What stands beside a committed offset in the group: enough to know again all that the rows after it depend on.
 *
 * @param topic id of the topic {@code posts}; another one means that the topic was made anew
 * @param partitions how many partitions it has
 * @param targets how many {@code hashtag-uses} has
 * @param begun the offset at which extracting this partition began
 * @param rereadFrom the offset to begin reading again, in silence
 * @param clockBefore newest event time before that offset; {@link Long#MIN_VALUE} for none
 */
record ExtractNote(Uuid topic, int partitions, int targets, long begun, long rereadFrom, long clockBefore) {

    private static final String VERSION = "extract-1";

    @Override
    public String toString() {
        return String.join(
                " ",
                VERSION,
                topic.toString(),
                Integer.toString(partitions),
                Integer.toString(targets),
                Long.toString(begun),
                Long.toString(rereadFrom),
                Long.toString(clockBefore));
    }

    /** @throws IllegalArgumentException with one line for the user */
    public static ExtractNote parse(String text) {
        String[] words = text.split(" ");
        try {
            if (words.length == 7 && words[0].equals(VERSION)) {
                return new ExtractNote(
                        Uuid.fromString(words[1]),
                        Integer.parseInt(words[2]),
                        Integer.parseInt(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5]),
                        Long.parseLong(words[6]));
            }
        } catch (IllegalArgumentException e) {
            throw unreadable(text, e);
        }
        throw unreadable(text, null);
    }

    private static IllegalArgumentException unreadable(String text, Exception cause) {
        return new IllegalArgumentException(
                "the group's commit bears no note of extract's but \"" + text
                        + "\": something else commits under this group; delete the group to start from the log's beginning",
                cause);
    }
}
