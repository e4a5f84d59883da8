package freshet.broker.partition;

import freshet.broker.log.AppendInfo;
import freshet.broker.log.AppendOrigin;
import freshet.broker.log.EpochEnd;
import freshet.broker.log.LogConfig;
import freshet.broker.log.TimestampOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** The local replica of one partition. All methods may be called from any thread. */
public final class Partition {
    Partition() {}

    public TopicIdPartition id() {
        throw new UnsupportedOperationException();
    }

    public LogConfig config() {
        throw new UnsupportedOperationException();
    }

    /** Makes this replica the leader in the given epoch, which batches appended from now on bear. */
    public void lead(int leaderEpoch) {
        throw new UnsupportedOperationException();
    }

    public int leaderEpoch() {
        throw new UnsupportedOperationException();
    }

    /**
     * Checks the batches, gives them offsets and writes them. Offsets, leader epoch and (where the topic says so) the
     * timestamp are written into the given buffer; it may be reused once this returns.
     *
     * @throws org.apache.kafka.common.errors.ApiException what the client is to be told: CorruptRecordException,
     *     InvalidRecordException, InvalidTimestampException, RecordTooLargeException, OutOfOrderSequenceException,
     *     InvalidProducerEpochException, KafkaStorageException (for instance, a full disk; nothing was written),
     *     NotLeaderOrFollowerException (closed or deleted)
     */
    public AppendInfo append(MemoryRecords records, AppendOrigin origin) {
        throw new UnsupportedOperationException();
    }

    /** Completes when the high watermark has reached the offset: what an acknowledgement with acks=all waits for. */
    public CompletableFuture<Void> whenCommitted(long endOffset) {
        throw new UnsupportedOperationException();
    }

    /** Reads up to the high watermark. */
    public FetchData read(long offset, int maxBytes, boolean atLeastOneBatch) {
        return read(offset, maxBytes, atLeastOneBatch, ReadLimit.HIGH_WATERMARK);
    }

    /**
     * @param maxBytes the most that is returned
     * @param atLeastOneBatch the first batch comes whole even if it is larger
     * @throws org.apache.kafka.common.errors.OffsetOutOfRangeException before the log start or past the limit
     */
    public FetchData read(long offset, int maxBytes, boolean atLeastOneBatch, ReadLimit limit) {
        throw new UnsupportedOperationException();
    }

    public long logStartOffset() {
        throw new UnsupportedOperationException();
    }

    public long logEndOffset() {
        throw new UnsupportedOperationException();
    }

    public long highWatermark() {
        throw new UnsupportedOperationException();
    }

    public long lastStableOffset() {
        throw new UnsupportedOperationException();
    }

    public long sizeInBytes() {
        throw new UnsupportedOperationException();
    }

    /** The first record, up to the high watermark, whose timestamp is at least this. */
    public Optional<TimestampOffset> offsetForTimestamp(long timestampMs) {
        throw new UnsupportedOperationException();
    }

    /** The first record with the highest timestamp. */
    public Optional<TimestampOffset> offsetOfMaxTimestamp() {
        throw new UnsupportedOperationException();
    }

    public EpochEnd endOfLeaderEpoch(int leaderEpoch) {
        throw new UnsupportedOperationException();
    }

    /**
     * Moves the log's start; what lies before is deleted when a whole segment is.
     *
     * @param offset the new start, or −1 for the high watermark
     * @return where the log starts now
     * @throws org.apache.kafka.common.errors.OffsetOutOfRangeException past the high watermark
     */
    public long deleteRecordsBefore(long offset) {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs the action once, as soon as the high watermark is above the given one: at once on this thread if it is, else on
     * the thread that moves it (so the action must be short and never block), or when the partition is closed or deleted.
     */
    public Wait whenAbove(long highWatermark, Runnable action) {
        throw new UnsupportedOperationException();
    }

    /** Cuts the log so that it ends at this offset, for a follower that has diverged. */
    public void truncateTo(long offset) {
        throw new UnsupportedOperationException();
    }

    /** Brings everything appended so far onto disk. */
    public void flush() {
        throw new UnsupportedOperationException();
    }
}
