package freshet.broker.partition;

import freshet.broker.log.FileSlice;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.TransferableRecords;

/**
 * What a read found, with the partition's bounds as they were then.
 *
 * @param records whole batches from the one that holds the offset asked for; the last one may be cut short; empty when
 *     there is nothing to read yet
 */
public record FetchData(TransferableRecords records, long highWatermark, long lastStableOffset, long logStartOffset) {

    /** The same records, read into memory. */
    public MemoryRecords toMemory() {
        return records instanceof FileSlice slice ? slice.toMemory() : (MemoryRecords) records;
    }
}
