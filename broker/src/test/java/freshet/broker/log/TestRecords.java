package freshet.broker.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.record.internal.TransferableRecords;

/** Batches as a producer makes them, and what stands in those that were read. */
public final class TestRecords {
    private TestRecords() {}

    public static SimpleRecord record(long timestamp, String value) {
        return new SimpleRecord(timestamp, bytes("key"), bytes(value));
    }

    public static SimpleRecord keyed(long timestamp, String key, String value) {
        return new SimpleRecord(timestamp, key == null ? null : bytes(key), value == null ? null : bytes(value));
    }

    public static MemoryRecords batch(SimpleRecord... records) {
        return MemoryRecords.withRecords(Compression.NONE, records);
    }

    /** One record per value, at one time. */
    public static MemoryRecords batch(long timestamp, String... values) {
        return batch(Arrays.stream(values).map(v -> record(timestamp, v)).toArray(SimpleRecord[]::new));
    }

    public static MemoryRecords idempotent(long producerId, int epoch, int sequence, String... values) {
        return MemoryRecords.withIdempotentRecords(
                Compression.NONE,
                producerId,
                (short) epoch,
                sequence,
                Arrays.stream(values).map(v -> record(1000, v)).toArray(SimpleRecord[]::new));
    }

    public static List<Record> records(TransferableRecords read) {
        List<Record> list = new ArrayList<>();
        inMemory(read).batches().forEach(batch -> {
            batch.ensureValid();
            batch.forEach(list::add);
        });
        return list;
    }

    public static List<String> values(TransferableRecords read) {
        return records(read).stream()
                .map(r -> StandardCharsets.UTF_8.decode(r.value()).toString())
                .toList();
    }

    /** "offset=value" of every record from the log's start. */
    public static List<String> all(Log log) {
        return from(log, log.logStartOffset());
    }

    public static List<String> from(Log log, long start) {
        return readAll(log, start).stream()
                .map(r -> r.offset() + "=" + (r.hasValue() ? StandardCharsets.UTF_8.decode(r.value()) : "null"))
                .toList();
    }

    /** Every record from an offset on, read as a consumer does: behind each batch comes the next. */
    public static List<Record> readAll(Log log, long start) {
        List<Record> all = new ArrayList<>();
        long offset = start;
        while (offset < log.logEndOffset()) {
            long from = offset;
            TransferableRecords read = log.reader().read(offset, 1 << 20, true, Long.MAX_VALUE);
            for (RecordBatch batch : inMemory(read).batches()) {
                batch.ensureValid();
                batch.forEach(r -> {
                    if (r.offset() >= from) {
                        all.add(r);
                    }
                });
                offset = batch.nextOffset();
            }
            if (offset == from) {
                break;
            }
        }
        return all;
    }

    private static MemoryRecords inMemory(TransferableRecords read) {
        return read instanceof FileSlice slice ? slice.toMemory() : (MemoryRecords) read;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
