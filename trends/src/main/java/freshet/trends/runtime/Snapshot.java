package freshet.trends.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a snapshot stands.
 *
 * @param next offset of the input that it goes on from
 * @param length bytes in all
 * @param crc CRC-32C of them
 * @param chunks offsets of its records in the state topic, ascending
 */
record Snapshot(long next, long length, long crc, List<Long> chunks) {

    /** Offsets that follow each other are written as {@code first+more}, so that a note stays short. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append(next)
                .append(' ')
                .append(length)
                .append(' ')
                .append(crc);
        for (int i = 0; i < chunks.size(); ) {
            int run = 1;
            while (i + run < chunks.size() && chunks.get(i + run) == chunks.get(i) + run) {
                run++;
            }
            text.append(i == 0 ? ' ' : ',').append(chunks.get(i)).append('+').append(run - 1);
            i += run;
        }
        return text.toString();
    }

    static Snapshot parse(String text) {
        String[] words = text.split(" ");
        List<Long> chunks = new ArrayList<>();
        for (String run : words[3].split(",")) {
            String[] ends = run.split("\\+");
            long first = Long.parseLong(ends[0]);
            for (long i = 0; i <= Long.parseLong(ends[1]); i++) {
                chunks.add(first + i);
            }
        }
        return new Snapshot(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]), chunks);
    }
}
