package freshet.broker.coordinator;

import java.util.List;
import java.util.function.Consumer;

/** The log behind one machine: a replica that this broker leads. */
public interface PartitionLog<R> {
    /**
     * Appends the records as one batch, all or none.
     *
     * @return the offset after the last of them
     * @throws org.apache.kafka.common.errors.ApiException if none could be appended
     */
    long append(List<R> records);

    /** Hands over every record from the start of the log to its end as of now, in order. */
    void replay(Consumer<R> consumer);

    /** The offset after the last record that is on all in-sync replicas. */
    long highWatermark();

    /** The offset after the last record. */
    long endOffset();

    /** Calls {@code listener} once, on any thread, when the high watermark has reached {@code offset} or never will. */
    void whenCommitted(long offset, Runnable listener);
}
