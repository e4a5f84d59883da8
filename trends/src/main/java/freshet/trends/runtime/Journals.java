package freshet.trends.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the blocks of tasks that journal in a topic. Blocks count once a commit points at them; where they can't be read,
 * the input is read again instead, which costs time and nothing else.
 */
final class Journals {

    private static final Logger LOG = LoggerFactory.getLogger(Journals.class);

    private final StepLog log;
    private final Step step;
    private final Map<Integer, Long> trimmed = new TreeMap<>();

    Journals(StepLog log, Step step) {
        this.log = log;
        this.step = step;
    }

    /** A task that goes on, and where its reading begins. */
    record Resumed(Task.Rereading task, long from) {}

    /** Goes on from a commit, with what was journaled where that can be read. */
    Resumed resume(int partition, Task.Rereading task, Committed committed) {
        if (task instanceof Task.Journaling journaling) {
            try {
                long from = journaling.resume(
                        committed,
                        (first, last, taker) -> log.readState(step.stateTopic(), partition, first, last, taker));
                return new Resumed(task, from);
            } catch (IOException e) {
                LOG.warn(
                        "{}-{}: what it wrote down to remember can't be read ({}); reading {} again instead",
                        step.name(),
                        partition,
                        e.getMessage(),
                        step.input());
                Task.Rereading fresh = (Task.Rereading) step.open(partition);
                return new Resumed(fresh, fresh.resume(committed));
            }
        }
        return new Resumed(task, task.resume(committed));
    }

    /** Writes what these tasks have to remember since the last time, and waits for it; right after a flush. */
    void write(Map<Integer, Task.Journaling> tasks) {
        Map<Integer, List<byte[]>> blocks = new TreeMap<>();
        tasks.forEach((partition, task) -> blocks.put(partition, task.journal()));
        if (!blocks.isEmpty()) {
            log.writeState(step.stateTopic(), blocks)
                    .forEach((partition, offsets) -> tasks.get(partition).journaled(offsets));
        }
    }

    /** Deletes what is needed no more now that these tasks' notes are committed. */
    void trim(Map<Integer, Task.Journaling> tasks) {
        tasks.forEach((partition, task) -> {
            long needed = task.journalNeededFrom();
            if (needed > trimmed.getOrDefault(partition, 0L)) {
                log.trim(step.stateTopic(), partition, needed);
                trimmed.put(partition, needed);
            }
        });
    }
}
