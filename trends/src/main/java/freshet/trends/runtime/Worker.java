package freshet.trends.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one step for the partitions that its group gives it: round by round on its caller's thread. After an exception
 * it must be thrown away together with its log; another one goes on from what was committed.
 *
 * <p>Why that is exact: outputs are sent in order, commits follow their acknowledgement, and a task's outputs follow from
 * its input alone. What was sent but not committed is sent again by whoever comes next, equal, and known to its reader by
 * its offsets.
 */
public final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** Snapshots take at most one part in this many of a worker's time. */
    private static final int SNAPSHOT_SHARE = 20;

    private final Step step;
    private final StepLog log;
    private final WorkerSettings settings;
    private final LongSupplier clock;
    private final Consumer<Point> probe;
    private final WorkerMetrics metrics;
    private final Snapshots snapshots;
    private final Journals journals;
    private final HoldingBack holdingBack;
    private final TreeMap<Integer, Running> running = new TreeMap<>();
    private final Map<Integer, Long> othersLagging = new HashMap<>();

    private List<Integer> heldBack = List.of();
    private long flushAt;
    private long commitAt;
    private long othersAt;
    private volatile WorkerStatus status = WorkerStatus.NONE;

    /** A task at work. */
    private static final class Running {
        final Task task;
        long next;
        long committed;
        Snapshots.Kept kept;
        long snapshotAt;
        boolean missing;
        long trimmed;
        long told;

        Running(Task task, long next, long committed) {
            this.task = task;
            this.next = next;
            this.committed = committed;
        }
    }

    /**
     * @param clock milliseconds that only move on; for pacing
     * @param probe told each point that the worker passes
     */
    public Worker(
            Step step,
            StepLog log,
            WorkerSettings settings,
            LongSupplier clock,
            Consumer<Point> probe,
            WorkerMetrics metrics) {
        this.step = step;
        this.log = log;
        this.settings = settings;
        this.clock = clock;
        this.probe = probe;
        this.metrics = metrics;
        this.snapshots = new Snapshots(log, step);
        this.journals = new Journals(log, step);
        this.holdingBack = new HoldingBack(settings.drift());
    }

    /** Joins the group; work comes with the rounds. */
    public void start() {
        log.join(new StepLog.Assignment() {
            @Override
            public void assigned(Collection<Integer> partitions) {
                open(partitions);
            }

            @Override
            public void revoked(Collection<Integer> partitions) {
                checkpoint(partitions);
                lost(partitions);
            }

            @Override
            public void lost(Collection<Integer> partitions) {
                partitions.forEach(running::remove);
                metrics.partitions(running.size());
            }
        });
    }

    /** One round: reads, applies, and at their times flushes and commits. */
    public void round() {
        long now = clock.getAsLong();
        List<LogRecord> records = log.poll(Math.max(0, Math.min(settings.flushEvery(), flushAt - now)));
        probe.accept(Point.POLLED);
        apply(records);
        probe.accept(Point.APPLIED);
        now = clock.getAsLong();
        if (now >= flushAt) {
            flush(running.keySet());
            flushAt = now + settings.flushEvery();
            balance(now);
            report();
        }
        if (now >= commitAt) {
            checkpoint(due(now));
            tellProgress();
            commitAt = clock.getAsLong() + settings.commitEvery();
        }
    }

    /** Finishes what has been read and commits it. The log is closed by whoever opened it. */
    public void drain() {
        checkpoint(new ArrayList<>(running.keySet()));
    }

    public WorkerStatus status() {
        return status;
    }

    private void open(Collection<Integer> partitions) {
        Map<Integer, Committed> committed = log.committed(partitions);
        Map<Integer, Long> starts = log.logStarts(partitions);
        Map<Integer, Long> ends = log.logEnds(partitions);
        for (int partition : partitions) {
            Committed known = committed.get(partition);
            check(partition, known, starts.get(partition), ends.get(partition));
            Running opened = step.open(partition) instanceof Task.Rereading task
                    ? reread(partition, task, known, starts.get(partition))
                    : restore(partition, known);
            // The first comes soon: others wait for one that has not committed yet.
            opened.snapshotAt =
                    clock.getAsLong() + (opened.committed < 0 ? settings.commitEvery() : settings.snapshotEvery());
            log.seek(partition, opened.next);
            running.put(partition, opened);
            LOG.info(
                    "{}-{}: {}",
                    step.name(),
                    partition,
                    opened.committed < 0
                            ? "begins at offset " + opened.next
                            : "goes on from offset " + opened.committed);
        }
        metrics.partitions(running.size());
    }

    /** What is committed must still be there: to jump would be to leave something out in silence. */
    private void check(int partition, Committed committed, long start, long end) {
        if (committed != null && (committed.offset() < start || committed.offset() > end)) {
            throw new IllegalStateException(step.input() + "-" + partition + " holds offsets " + start + " to " + end
                    + ", but " + step.name() + " has to go on from " + committed.offset()
                    + (committed.offset() < start
                            ? ": records were deleted before they were read; raise retention.bytes"
                            : ": records were lost or the topic was made anew")
                    + ", delete this stream's topics but posts, and its groups, to compute everything again");
        }
    }

    private Running reread(int partition, Task.Rereading task, Committed committed, long start) {
        if (committed == null) {
            task.begin(start);
            return new Running(task, start, -1);
        }
        Journals.Resumed resumed = journals.resume(
                partition,
                task,
                new Committed(committed.offset(), Note.parse(committed.note()).state()));
        long from = resumed.from();
        if (from < start) {
            LOG.warn(
                    "{}-{}: records {} to {} are deleted, which tell duplicates and retracted posts; what was posted before is"
                            + " no longer known",
                    step.input(),
                    partition,
                    from,
                    start - 1);
        }
        return new Running(resumed.task(), Math.max(from, start), committed.offset());
    }

    private Running restore(int partition, Committed committed) {
        Snapshots.Restored restored = snapshots.restore(partition, committed);
        Snapshots.Kept kept = restored.kept();
        Running opened = new Running(
                restored.task(),
                kept == null ? 0 : kept.newer().next(),
                kept == null ? -1 : kept.newer().next());
        opened.kept = kept;
        return opened;
    }

    private void apply(List<LogRecord> records) {
        for (LogRecord record : records) {
            Running at = running.get(record.partition());
            if (at == null || record.offset() < at.next) {
                continue;
            }
            try {
                at.task.apply(record, this::send);
                at.missing = false;
            } catch (MissingRecordsException e) {
                metrics.missing();
                if (!at.missing) {
                    LOG.error(
                            "{}-{}@{}: {}; it is left out until what is missing arrives",
                            step.input(),
                            record.partition(),
                            record.offset(),
                            e.getMessage());
                }
                at.missing = true;
            }
            at.next = record.offset() + 1;
            if (at.task.full()) {
                at.task.flush(this::send);
                probe.accept(Point.SENT);
            }
        }
        metrics.records(records.size());
    }

    private void flush(Collection<Integer> partitions) {
        for (int partition : partitions) {
            running.get(partition).task.flush(this::send);
        }
        probe.accept(Point.SENT);
    }

    private void send(Outgoing record) {
        metrics.sent();
        log.send(record);
    }

    private List<Integer> due(long now) {
        List<Integer> due = new ArrayList<>();
        running.forEach((partition, at) -> {
            if (at.task instanceof Task.Rereading || now >= at.snapshotAt) {
                due.add(partition);
            }
        });
        return due;
    }

    /** Makes what has been read so far never to be read again but for state: flush, acknowledge, snapshot, commit. */
    private void checkpoint(Collection<Integer> partitions) {
        Set<Integer> moved = new HashSet<>(partitions);
        moved.removeIf(p -> !running.containsKey(p) || running.get(p).next <= Math.max(0, running.get(p).committed));
        if (moved.isEmpty()) {
            return;
        }
        flush(moved);
        log.awaitAcknowledged();
        probe.accept(Point.ACKNOWLEDGED);
        Map<Integer, Task.Journaling> journaling = journaling(moved);
        if (!journaling.isEmpty()) {
            journals.write(journaling);
            probe.accept(Point.SNAPSHOT_WRITTEN);
        }
        Map<Integer, Committed> offsets = new TreeMap<>();
        Map<Integer, Snapshots.Kept> kept = new TreeMap<>();
        for (int partition : moved) {
            Running at = running.get(partition);
            String state;
            if (at.task instanceof Task.Rereading task) {
                state = task.note();
            } else {
                kept.put(partition, snapshot(partition, at));
                state = kept.get(partition).toString();
            }
            offsets.put(partition, new Committed(at.next, note(at, state)));
        }
        if (log.commit(offsets)) {
            probe.accept(Point.COMMITTED);
            offsets.forEach((partition, done) -> running.get(partition).committed = done.offset());
            kept.forEach((partition, done) -> running.get(partition).kept = done);
            snapshots.trim(kept);
            journals.trim(journaling);
            trimReread(moved);
            probe.accept(Point.TRIMMED);
        }
    }

    /**
     * Says how far those are whose snapshot is not due yet, beside the commit that stands: others hold back by it, and
     * would stand still from one snapshot to the next.
     */
    private void tellProgress() {
        if (running.size() == log.partitions()) {
            return;
        }
        Map<Integer, Committed> progress = new TreeMap<>();
        running.forEach((partition, at) -> {
            if (at.kept != null && at.next > at.told) {
                progress.put(partition, new Committed(at.committed, note(at, at.kept.toString())));
                at.told = at.next;
            }
        });
        if (!progress.isEmpty()) {
            log.commit(progress);
        }
    }

    private static String note(Running at, String state) {
        return new Note(at.task.eventTime(), state).toString();
    }

    private Map<Integer, Task.Journaling> journaling(Collection<Integer> partitions) {
        Map<Integer, Task.Journaling> journaling = new TreeMap<>();
        for (int partition : partitions) {
            if (running.get(partition).task instanceof Task.Journaling task) {
                journaling.put(partition, task);
            }
        }
        return journaling;
    }

    /** Deletes what tasks that reread will not read again, in steps that are worth a request. */
    private void trimReread(Collection<Integer> partitions) {
        for (int partition : partitions) {
            Running at = running.get(partition);
            if (at.task instanceof Task.Rereading task && task.neededFrom() - at.trimmed >= settings.trimEvery()) {
                log.trim(step.input(), partition, task.neededFrom());
                at.trimmed = task.neededFrom();
            }
        }
    }

    private Snapshots.Kept snapshot(int partition, Running at) {
        long began = clock.getAsLong();
        Snapshot taken = snapshots.write(partition, (Task.Snapshotting) at.task, at.next);
        probe.accept(Point.SNAPSHOT_WRITTEN);
        long took = clock.getAsLong() - began;
        metrics.snapshot(taken.length(), took);
        at.snapshotAt = began + took + Math.max(settings.snapshotEvery(), SNAPSHOT_SHARE * took);
        return new Snapshots.Kept(taken, at.kept == null ? null : at.kept.newer());
    }

    private void balance(long now) {
        Map<Integer, Long> own = new TreeMap<>();
        List<Long> lagging = new ArrayList<>();
        running.forEach((partition, at) -> {
            // A task that is only bringing its state back is not ahead of anyone, nor behind.
            if (at.next >= at.committed) {
                own.put(partition, at.task.eventTime());
            }
            if (log.lags(partition)) {
                lagging.add(at.task.eventTime());
            }
        });
        if (running.size() < log.partitions() && !lagging.isEmpty()) {
            if (now >= othersAt) {
                lookAtOthers();
                othersAt = clock.getAsLong() + settings.commitEvery();
            }
            lagging.addAll(othersLagging.values());
        }
        List<Integer> held = holdingBack.held(own, lagging);
        log.holdBack(held);
        heldBack = held;
        metrics.heldBack(held.size());
    }

    /** How far those partitions are that other workers have and that still have something to read. */
    private void lookAtOthers() {
        List<Integer> others = new ArrayList<>();
        for (int partition = 0; partition < log.partitions(); partition++) {
            if (!running.containsKey(partition)) {
                others.add(partition);
            }
        }
        Map<Integer, Long> ends = log.logEnds(others);
        othersLagging.clear();
        Map<Integer, Committed> committed = log.committed(others);
        for (int partition : others) {
            Committed done = committed.get(partition);
            if ((done == null ? 0 : done.offset()) < ends.get(partition)) {
                othersLagging.put(
                        partition,
                        done == null ? Long.MIN_VALUE : Note.parse(done.note()).eventTime());
            }
        }
    }

    private void report() {
        List<String> waits = new ArrayList<>();
        running.forEach((partition, at) -> {
            String waitsFor = at.task.waitsFor();
            if (at.missing) {
                waits.add(step.input() + "-" + partition + ": records are missing");
            } else if (waitsFor != null) {
                waits.add(waitsFor);
            }
        });
        if (!heldBack.isEmpty()) {
            waits.add("held back until slower partitions have caught up: " + heldBack);
        }
        status = new WorkerStatus(
                running.size(), log.partitions(), waits.stream().distinct().toList());
    }
}
