package freshet.trends.runtime;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The log as one worker sees it, used by that worker's thread alone. Methods throw a {@link RuntimeException} with one
 * line for the user when the log cannot be reached for long, has lost what it should have, or the worker is out of its
 * group.
 */
public interface StepLog extends AutoCloseable {

    /** How the group hands out partitions; called from within {@link #poll}. */
    interface Assignment {

        void assigned(Collection<Integer> partitions);

        /** Still ours: the last chance to commit. */
        void revoked(Collection<Integer> partitions);

        /** No longer ours: someone else may be at work on them already. */
        void lost(Collection<Integer> partitions);
    }

    /** Joins the group; partitions come with later polls. */
    void join(Assignment assignment);

    /** How many partitions the input has. */
    int partitions();

    /** Records in order within each partition; returns within the timeout. */
    List<LogRecord> poll(long timeoutMillis);

    /** What the group has committed; partitions without a commit are absent. */
    Map<Integer, Committed> committed(Collection<Integer> partitions);

    /** The first offsets that the input still has. */
    Map<Integer, Long> logStarts(Collection<Integer> partitions);

    /** The offsets after the last records that may be read. */
    Map<Integer, Long> logEnds(Collection<Integer> partitions);

    /** Whether records of an own partition are known to wait. */
    boolean lags(int partition);

    /** Where to read an own partition on. */
    void seek(int partition, long offset);

    /** Stops reading these of the own partitions for now, and reads all others. */
    void holdBack(Collection<Integer> partitions);

    /** Hands a record over for writing, in order within a partition; throws when an earlier one could not be written. */
    void send(Outgoing record);

    /** Waits until all that was sent is acknowledged. */
    void awaitAcknowledged();

    /** @return whether it is done; if not, the group is being rearranged and what became of it shows in later polls */
    boolean commit(Map<Integer, Committed> offsets);

    /**
     * Writes records to a topic that keeps state, and waits until they are acknowledged.
     *
     * @param values by partition
     * @return their offsets
     */
    Map<Integer, List<Long>> writeState(String topic, Map<Integer, List<byte[]>> values);

    /**
     * Reads what {@link #writeState} wrote, and others between.
     *
     * @param to the last offset to read
     * @throws IOException with one line that says what is not there any more, or what {@code taker} throws
     */
    void readState(String topic, int partition, long from, long to, StateTaker taker) throws IOException;

    /** Takes the records of a topic that keeps state, in order. */
    interface StateTaker {
        void take(long offset, byte[] value) throws IOException;
    }

    /** Deletes what stands before an offset. It is not urgent: a failure is only logged. */
    void trim(String topic, int partition, long before);

    /** Leaves the group, without calls of {@link Assignment}, and lets go of everything. */
    @Override
    void close();
}
