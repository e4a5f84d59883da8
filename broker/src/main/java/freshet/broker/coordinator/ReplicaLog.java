package freshet.broker.coordinator;

import freshet.broker.log.AppendOrigin;
import freshet.broker.partition.Partition;
import freshet.broker.partition.ReadLimit;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A machine's log in a partition that this broker leads. */
public final class ReplicaLog<R> implements PartitionLog<R> {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaLog.class);

    /** Bytes read at a time while loading. */
    private static final int READ_BYTES = 1 << 20;

    private final Partition partition;
    private final RecordCodec<R> codec;
    private final InstantSource clock;

    public ReplicaLog(Partition partition, RecordCodec<R> codec, InstantSource clock) {
        this.partition = partition;
        this.codec = codec;
        this.clock = clock;
    }

    @Override
    public long append(List<R> records) {
        long now = clock.millis();
        SimpleRecord[] batch = records.stream()
                .map(record -> new SimpleRecord(now, codec.key(record), codec.value(record)))
                .toArray(SimpleRecord[]::new);
        MemoryRecords bytes = MemoryRecords.withRecords(Compression.NONE, batch);
        return partition.append(bytes, AppendOrigin.COORDINATOR).lastOffset() + 1;
    }

    @Override
    public void replay(Consumer<R> consumer) {
        long end = partition.logEndOffset();
        long offset = partition.logStartOffset();
        while (offset < end) {
            long before = offset;
            MemoryRecords read =
                    partition.read(offset, READ_BYTES, true, ReadLimit.LOG_END).toMemory();
            for (MutableRecordBatch batch : read.batches()) {
                if (!batch.isControlBatch()) {
                    batch.forEach(record -> replay(record, consumer));
                }
                offset = batch.nextOffset();
            }
            if (offset == before) {
                // Compaction has removed what was at the end.
                return;
            }
        }
    }

    /** A record that cannot be read costs what it says, not the whole log. */
    private void replay(Record record, Consumer<R> consumer) {
        try {
            if (record.hasKey()) {
                codec.read(record.key(), record.value()).ifPresent(consumer);
            }
        } catch (IllegalArgumentException e) {
            LOG.error("{}@{} cannot be read and is left out: {}.", partition.id(), record.offset(), e.getMessage());
        }
    }

    @Override
    public long highWatermark() {
        return partition.highWatermark();
    }

    @Override
    public long endOffset() {
        return partition.logEndOffset();
    }

    @Override
    public void whenCommitted(long offset, Runnable listener) {
        partition.whenAbove(offset - 1, listener);
    }
}
