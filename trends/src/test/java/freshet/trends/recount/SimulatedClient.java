package freshet.trends.recount;

import freshet.trends.contract.TrendsTopic;
import freshet.trends.runtime.Committed;
import freshet.trends.runtime.LogRecord;
import freshet.trends.runtime.Outgoing;
import freshet.trends.runtime.Step;
import freshet.trends.runtime.StepLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A client of the simulated log. What it sends reaches the log late, in order within a partition and in any order across
 * partitions; a client that is thrown out of its group doesn't know before its next poll.
 */
class SimulatedClient implements StepLog {

    private final SimulatedLog log;
    private final SimulatedLog.Group group;
    private final Step step;
    private final Random random;
    private final TreeMap<Integer, Long> positions = new TreeMap<>();
    private final Map<Integer, Integer> handovers = new HashMap<>();
    private final Set<Integer> held = new HashSet<>();
    private final Set<Integer> damagedWrites = new HashSet<>();
    private final List<Outgoing> outbox = new ArrayList<>();
    private Assignment assignment;

    /** What a client meets that reads on after its session's end. */
    static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    SimulatedClient(SimulatedLog log, Step step, Random random) {
        this.log = log;
        this.group = log.group(step.name());
        this.step = step;
        this.random = random;
    }

    @Override
    public void join(Assignment assignment) {
        this.assignment = assignment;
        group.members.add(this);
        group.rebalance(partitions());
    }

    /** The group gives up on it, as after a session's end. */
    void expel() {
        group.members.remove(this);
        group.rebalance(partitions());
    }

    @Override
    public int partitions() {
        return log.topic(step.input()).size();
    }

    @Override
    public List<LogRecord> poll(long timeoutMillis) {
        if (!group.members.contains(this)) {
            assignment.lost(List.copyOf(positions.keySet()));
            positions.clear();
            held.clear();
            group.members.add(this);
            group.rebalance(partitions());
        }
        meet();
        List<LogRecord> records = new ArrayList<>();
        for (int partition : positions.keySet()) {
            if (!held.contains(partition) && random.nextInt(4) > 0) {
                read(partition, random.nextInt(12), records);
            }
        }
        return records;
    }

    /** What the group decided since the last poll: first what is taken away, then what is new. */
    private void meet() {
        List<Integer> revoked = new ArrayList<>(positions.keySet());
        revoked.removeIf(this::mine);
        if (!revoked.isEmpty()) {
            // They have a new owner by now; a commit of theirs would come too late. The group fences it.
            assignment.revoked(revoked);
            positions.keySet().removeAll(revoked);
            held.removeAll(revoked);
        }
        Set<Integer> assigned = new TreeSet<>();
        group.owners.forEach((partition, owner) -> {
            if (owner == this && !positions.containsKey(partition)) {
                assigned.add(partition);
            }
        });
        if (!assigned.isEmpty()) {
            assigned.forEach(p -> handovers.put(p, group.handovers.get(p)));
            assignment.assigned(assigned);
        }
    }

    private boolean mine(int partition) {
        return group.owners.get(partition) == this
                && group.handovers.get(partition).equals(handovers.get(partition));
    }

    private void read(int partition, int max, List<LogRecord> records) {
        SimulatedLog.Partition from = log.partition(step.input(), partition);
        long position = positions.get(partition);
        if (position < from.start && !mine(partition)) {
            // Its successor had it deleted. An owner must never see that.
            throw new Overtaken();
        }
        if (position < from.start) {
            throw new IllegalStateException(step.input() + "-" + partition + " offset " + position
                    + " is out of range, it starts at " + from.start + ", committed " + group.committed.get(partition));
        }
        for (int i = 0; i < max && position < from.end(); i++, position++) {
            SimulatedLog.Stored stored = from.records.get((int) position);
            records.add(new LogRecord(partition, position, stored.timestamp(), stored.key(), stored.value()));
        }
        positions.put(partition, position);
    }

    @Override
    public Map<Integer, Committed> committed(Collection<Integer> partitions) {
        Map<Integer, Committed> committed = new HashMap<>(group.committed);
        committed.keySet().retainAll(partitions);
        return committed;
    }

    @Override
    public Map<Integer, Long> logStarts(Collection<Integer> partitions) {
        Map<Integer, Long> starts = new HashMap<>();
        partitions.forEach(p -> starts.put(p, log.partition(step.input(), p).start));
        return starts;
    }

    @Override
    public Map<Integer, Long> logEnds(Collection<Integer> partitions) {
        Map<Integer, Long> ends = new HashMap<>();
        partitions.forEach(p -> ends.put(p, log.partition(step.input(), p).end()));
        return ends;
    }

    @Override
    public boolean lags(int partition) {
        return positions.getOrDefault(partition, 0L)
                < log.partition(step.input(), partition).end();
    }

    @Override
    public void seek(int partition, long offset) {
        positions.put(partition, offset);
    }

    @Override
    public void holdBack(Collection<Integer> partitions) {
        held.clear();
        held.addAll(partitions);
    }

    @Override
    public void send(Outgoing record) {
        outbox.add(record);
        deliver(random.nextInt(4) == 0 ? random.nextInt(outbox.size() + 1) : 0);
    }

    @Override
    public void awaitAcknowledged() {
        deliver(outbox.size());
    }

    /** Some of what was sent arrives. */
    void deliver(int count) {
        for (int i = 0; i < count && !outbox.isEmpty(); i++) {
            Outgoing some = outbox.get(random.nextInt(outbox.size()));
            Outgoing first = outbox.stream()
                    .filter(r -> r.topic().equals(some.topic()) && r.partition() == some.partition())
                    .findFirst()
                    .orElseThrow();
            outbox.remove(first);
            write(first);
        }
    }

    void write(Outgoing record) {
        log.append(record);
    }

    /** Dies: some of what it sent still arrives. */
    void die() {
        deliver(random.nextInt(outbox.size() + 1));
        outbox.clear();
        expel();
    }

    @Override
    public boolean commit(Map<Integer, Committed> offsets) {
        boolean mine = offsets.keySet().stream().allMatch(this::mine);
        if (mine && group.members.contains(this)) {
            group.committed.putAll(offsets);
            group.damaged.removeAll(offsets.keySet());
            offsets.keySet().stream().filter(damagedWrites::contains).forEach(group.damaged::add);
            return true;
        }
        return false;
    }

    @Override
    public Map<Integer, List<Long>> writeState(String topic, Map<Integer, List<byte[]>> values) {
        Map<Integer, List<Long>> offsets = new HashMap<>();
        values.forEach((partition, each) -> {
            List<Long> at = new ArrayList<>();
            for (byte[] value : each) {
                byte[] written = topic.equals(TrendsTopic.COUNT_STATE)
                        ? damagedSnapshot(partition, value)
                        : random.nextInt(100) == 0 ? damaged(value) : value;
                at.add(log.append(new Outgoing(topic, partition, 0, null, written)));
            }
            offsets.put(partition, at);
        });
        return offsets;
    }

    /** Some snapshots can't be read later; of two that are committed one after the other, one can. */
    private byte[] damagedSnapshot(int partition, byte[] value) {
        boolean damage = !group.damaged.contains(partition) && random.nextInt(5) == 0;
        damagedWrites.remove(partition);
        if (!damage) {
            return value;
        }
        damagedWrites.add(partition);
        return damaged(value);
    }

    private byte[] damaged(byte[] value) {
        byte[] changed = value.clone();
        changed[random.nextInt(changed.length)] ^= 0x55;
        return changed;
    }

    @Override
    public void readState(String topic, int partition, long from, long to, StateTaker taker) throws IOException {
        SimulatedLog.Partition state = log.partition(topic, partition);
        if (from < state.start || to >= state.end()) {
            throw new IOException("offsets " + from + " to " + to + " are not all there");
        }
        for (long offset = from; offset <= to; offset++) {
            taker.take(offset, state.records.get((int) offset).value());
        }
    }

    @Override
    public void trim(String topic, int partition, long before) {
        SimulatedLog.Partition trimmed = log.partition(topic, partition);
        trimmed.start = Math.max(trimmed.start, before);
    }

    @Override
    public void close() {
        deliver(outbox.size());
        expel();
    }
}
