package freshet.trends.runtime;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of tasks in a topic. A snapshot counts once a commit points at it; the one before it is kept too, and
 * the input is deleted only below that, so that one that can't be read costs time and nothing else.
 */
final class Snapshots {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private static final String NONE = "none";

    /** The two newest snapshots of a partition; {@code older} may be null. */
    record Kept(Snapshot newer, Snapshot older) {

        @Override
        public String toString() {
            return newer + " | " + (older == null ? NONE : older);
        }

        static Kept parse(String text) {
            String[] both = text.split(" \\| ");
            try {
                return new Kept(Snapshot.parse(both[0]), both[1].equals(NONE) ? null : Snapshot.parse(both[1]));
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw new IllegalStateException(
                        "the group's commit points at no snapshot but says \"" + text + "\"", e);
            }
        }
    }

    private final StepLog log;
    private final Step step;

    Snapshots(StepLog log, Step step) {
        this.log = log;
        this.step = step;
    }

    Snapshot write(int partition, Task.Snapshotting task, long next) {
        Chunks state = new Chunks();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(state))) {
            task.snapshot(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        List<Long> chunks = log.writeState(step.stateTopic(), Map.of(partition, state.all()))
                .get(partition);
        return new Snapshot(next, state.length(), state.crc(), chunks);
    }

    /** A restored task, the snapshot that it came from and what is kept before it; null for one that begins with the log. */
    record Restored(Task.Snapshotting task, Kept kept) {}

    /** Brings a partition's state back: from the newest snapshot that can be read, or from the log where it is whole. */
    Restored restore(int partition, Committed committed) {
        if (committed != null) {
            Kept kept = Kept.parse(Note.parse(committed.note()).state());
            for (Snapshot snapshot : new Snapshot[] {kept.newer(), kept.older()}) {
                if (snapshot != null) {
                    try {
                        return new Restored(
                                read(partition, snapshot), snapshot == kept.newer() ? kept : new Kept(snapshot, null));
                    } catch (IOException e) {
                        LOG.warn(
                                "{}-{}: the snapshot at offset {} can't be read ({}); going back further",
                                step.name(),
                                partition,
                                snapshot.next(),
                                e.getMessage());
                    }
                }
            }
        }
        long start = log.logStarts(List.of(partition)).get(partition);
        if (start > 0) {
            throw new IllegalStateException("the state of " + step.name() + " for partition " + partition
                    + " is lost: no snapshot of it can be read and " + step.input() + " has nothing before offset "
                    + start
                    + "; delete this stream's topics but posts, and its groups, to compute everything again");
        }
        return new Restored((Task.Snapshotting) step.open(partition), null);
    }

    private Task.Snapshotting read(int partition, Snapshot snapshot) throws IOException {
        Chunks state = new Chunks();
        List<Long> chunks = snapshot.chunks();
        Set<Long> wanted = new HashSet<>(chunks);
        log.readState(step.stateTopic(), partition, chunks.get(0), chunks.get(chunks.size() - 1), (at, chunk) -> {
            if (wanted.contains(at)) {
                state.write(chunk);
            }
        });
        if (state.length() != snapshot.length() || state.crc() != snapshot.crc()) {
            throw new IOException("of its " + snapshot.length() + " bytes " + state.length() + " are there"
                    + (state.length() == snapshot.length() ? ", with another checksum" : ""));
        }
        Task.Snapshotting task = (Task.Snapshotting) step.open(partition);
        task.restore(new DataInputStream(state.in()));
        return task;
    }

    /** Deletes what neither of the kept snapshots needs. */
    void trim(Map<Integer, Kept> committed) {
        committed.forEach((partition, kept) -> {
            if (kept.older() != null) {
                log.trim(step.stateTopic(), partition, kept.older().chunks().get(0));
                log.trim(step.input(), partition, kept.older().next());
            }
        });
    }
}
