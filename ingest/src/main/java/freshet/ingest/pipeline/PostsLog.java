package freshet.ingest.pipeline;

import java.io.Closeable;
import java.io.IOException;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The two topics of a stream as ingest sees them. Within a partition, records arrive in the order in which they were
 * appended, and after a crash what arrived is a beginning of what was appended: a failed append ends everything.
 */
interface PostsLog extends Closeable {

    /** Partitions of {@code posts}. */
    int partitions();

    /** The last record that a source has in a partition of {@code posts}. */
    Mark lastPost(int partition, String source) throws IOException;

    /** The last record that a source has in {@code posts-rejected}. */
    Mark lastRejected(String source) throws IOException;

    /** Hands a record over; may block while the log is slow. */
    void append(ProducerRecord<byte[], byte[]> record) throws InterruptedException;

    /** Waits until everything appended is acknowledged. */
    void flush() throws IOException, InterruptedException;

    /**
     * How far a source has come in a partition.
     *
     * @param ordinal the line of its last record; -1 where it has none; {@link #END} where it has come to its end
     * @param marker whether that record is a time marker, which comes after the line's own record
     */
    record Mark(long ordinal, boolean marker) {
        static final long END = Long.MAX_VALUE / 2;
        static final Mark NONE = new Mark(-1, true);

        /** Orders a source's records within a partition. */
        long rank() {
            return rank(ordinal, marker);
        }

        static long rank(long ordinal, boolean marker) {
            return 2 * ordinal + (marker ? 1 : 0);
        }
    }
}
