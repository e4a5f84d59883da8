package freshet.trends.runtime;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The work of a step on one partition of its input: a function of what is given to it, run by one thread. After an
 * exception a task is not used again.
 */
public interface Task {

    /**
     * Takes the next record.
     *
     * @throws MissingRecordsException when something before it has not arrived: the record is not applied, and the task
     *     goes on as if it had not been there
     */
    void apply(LogRecord record, Consumer<Outgoing> out) throws MissingRecordsException;

    /** Whether so much waits that it should be flushed now. */
    boolean full();

    /** Hands over what follows from the records so far. */
    void flush(Consumer<Outgoing> out);

    /** The event time reached; {@link Long#MIN_VALUE} for none. */
    long eventTime();

    /** One line on what it waits for, or null. */
    default String waitsFor() {
        return null;
    }

    /** A task whose state is had again by reading a stretch of the input. */
    interface Rereading extends Task {

        /** Begins with the first record of the log. */
        void begin(long logStart);

        /**
         * Goes on from a commit.
         *
         * @return where to begin reading; records before {@code committed} bring the state back and have no output
         * @throws IllegalArgumentException with one line for the user, when the note doesn't fit
         */
        long resume(Committed committed);

        /** The note to commit, right after a flush. */
        String note();

        /** The offset before which nobody needs the input once {@link #note} is committed; -1 where it isn't ours to delete. */
        default long neededFrom() {
            return -1;
        }
    }

    /** A task that also writes down in blocks what it remembers, so that a successor need not read its input again. */
    interface Journaling extends Rereading {

        /** Blocks of all since the last ones, to be kept in this order; right after a flush. */
        List<byte[]> journal();

        /** Where the blocks of {@link #journal} stand now; {@link #note} points at them from now on. */
        void journaled(List<Long> offsets);

        /**
         * Goes on from a commit with its blocks.
         *
         * @param blocks reads a stretch of what was kept
         * @return where to begin reading, as {@link #resume(Committed)} does
         * @throws IOException with one line that says why they can't be read; the task is thrown away
         */
        long resume(Committed committed, StoredBlocks blocks) throws IOException;

        /** The offset before which nobody needs a block once {@link #note} is committed; -1 for none. */
        long journalNeededFrom();
    }

    /** The blocks of one partition, where they are kept. */
    interface StoredBlocks {
        void read(long from, long to, StepLog.StateTaker taker) throws IOException;
    }

    /** A task whose state is kept in snapshots. */
    interface Snapshotting extends Task {

        void snapshot(DataOutput out) throws IOException;

        /** @throws IOException with one line that says why it can't be read; the task is thrown away */
        void restore(DataInput in) throws IOException;
    }
}
