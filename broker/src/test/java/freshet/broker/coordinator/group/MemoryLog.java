package freshet.broker.coordinator.group;

import freshet.broker.coordinator.PartitionLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.KafkaStorageException;

/** A log in memory that keeps bytes, as the real one does, and that can be told to be full or slow. */
public final class MemoryLog implements PartitionLog<GroupRecord> {
    private record Stored(byte[] key, byte[] value) {}

    private record Waiting(long offset, Runnable listener) {}

    private final GroupRecordCodec codec = new GroupRecordCodec();
    private final List<Stored> stored = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long highWatermark;
    boolean full;
    boolean slow;

    @Override
    public long append(List<GroupRecord> records) {
        if (full) {
            throw new KafkaStorageException("The disk is full.");
        }
        for (GroupRecord record : records) {
            stored.add(new Stored(codec.key(record), codec.value(record)));
        }
        if (!slow) {
            highWatermark = stored.size();
        }
        return stored.size();
    }

    /** Everything so far is committed. */
    void commitAll() {
        highWatermark = stored.size();
        List<Waiting> due = List.copyOf(waiting);
        waiting.clear();
        due.forEach(each -> each.listener.run());
    }

    @Override
    public void replay(Consumer<GroupRecord> consumer) {
        for (Stored each : stored) {
            codec.read(ByteBuffer.wrap(each.key), each.value == null ? null : ByteBuffer.wrap(each.value))
                    .ifPresent(consumer);
        }
    }

    List<GroupRecord> records() {
        List<GroupRecord> records = new ArrayList<>();
        replay(records::add);
        return records;
    }

    @Override
    public long highWatermark() {
        return highWatermark;
    }

    @Override
    public long endOffset() {
        return stored.size();
    }

    @Override
    public void whenCommitted(long offset, Runnable listener) {
        if (highWatermark >= offset) {
            listener.run();
        } else {
            waiting.add(new Waiting(offset, listener));
        }
    }
}
