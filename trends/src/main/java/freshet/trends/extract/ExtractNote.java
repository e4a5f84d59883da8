package freshet.trends.extract;

import org.apache.kafka.common.Uuid;

/**
 * What stands beside a committed offset in the group: enough to know again all that the rows after it depend on.
 *
 * @param topic id of the topic {@code posts}; another one means that the topic was made anew
 * @param partitions how many partitions it has
 * @param targets how many {@code hashtag-uses} has
 * @param begun the offset at which extracting this partition began
 * @param rereadFrom the offset to begin reading again, in silence, where the journal can't be read
 * @param clockBefore newest event time before that offset; {@link Long#MIN_VALUE} for none
 * @param journalFrom offset of the first block to read in the topic that keeps them, {@link #NO_JOURNAL} for none
 * @param journalTo offset of the last one
 */
record ExtractNote(
        Uuid topic,
        int partitions,
        int targets,
        long begun,
        long rereadFrom,
        long clockBefore,
        long journalFrom,
        long journalTo) {

    static final long NO_JOURNAL = -1;

    private static final String VERSION = "extract-2";

    /** Ended before the journal. */
    private static final String VERSION_1 = "extract-1";

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
                Long.toString(clockBefore),
                Long.toString(journalFrom),
                Long.toString(journalTo));
    }

    /** @throws IllegalArgumentException with one line for the user */
    static ExtractNote parse(String text) {
        String[] words = text.split(" ");
        try {
            boolean journaled = words.length == 9 && words[0].equals(VERSION);
            if (journaled || words.length == 7 && words[0].equals(VERSION_1)) {
                return new ExtractNote(
                        Uuid.fromString(words[1]),
                        Integer.parseInt(words[2]),
                        Integer.parseInt(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5]),
                        Long.parseLong(words[6]),
                        journaled ? Long.parseLong(words[7]) : NO_JOURNAL,
                        journaled ? Long.parseLong(words[8]) : NO_JOURNAL);
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
