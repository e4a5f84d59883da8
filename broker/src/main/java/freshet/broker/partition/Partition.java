package freshet.broker.partition;

import freshet.broker.log.AppendInfo;
import freshet.broker.log.AppendOrigin;
import freshet.broker.log.EpochEnd;
import freshet.broker.log.Log;
import freshet.broker.log.LogConfig;
import freshet.broker.log.TimestampOffset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local replica of one partition. All methods may be called from any thread; none waits for the disk except {@link
 * #flush}, {@link #deleteRecordsBefore}, {@link #truncateTo} and an append under {@code flush.messages}.
 *
 * <p>While this replica is the only one, the high watermark follows the log's end at once or, with {@code
 * flush.before.ack}, what has been flushed.
 */
public final class Partition {
    private static final Logger LOG = LoggerFactory.getLogger(Partition.class);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final TopicIdPartition id;
    private final Log log;
    private final Executor flushExecutor;
    private final HighWatermark highWatermark;
    private final AtomicBoolean flushQueued = new AtomicBoolean();
    private volatile int leaderEpoch;
    private volatile boolean closed;

    Partition(TopicIdPartition id, Log log, Executor flushExecutor) {
        this.id = id;
        this.log = log;
        this.flushExecutor = flushExecutor;
        this.leaderEpoch = Math.max(0, log.latestEpoch());
        this.highWatermark =
                new HighWatermark(log.config().flushBeforeAck() ? log.flusher().flushedOffset() : log.logEndOffset());
        advance();
    }

    public TopicIdPartition id() {
        return id;
    }

    public LogConfig config() {
        return log.config();
    }

    /** Makes this replica the leader in the given epoch, which batches appended from now on bear. */
    public void lead(int epoch) {
        leaderEpoch = epoch;
    }

    public int leaderEpoch() {
        return leaderEpoch;
    }

    /**
     * Checks the batches, gives them offsets and writes them. Offsets, leader epoch and (where the topic says so) the
     * timestamp are written into the given buffer, which must be writable; it may be reused once this returns.
     *
     * @throws org.apache.kafka.common.errors.ApiException what the client is to be told: CorruptRecordException,
     *     InvalidRecordException, InvalidTimestampException, RecordTooLargeException, OutOfOrderSequenceException,
     *     InvalidProducerEpochException, KafkaStorageException (for instance, a full disk; nothing was written),
     *     NotLeaderOrFollowerException (closed or deleted)
     */
    public AppendInfo append(MemoryRecords records, AppendOrigin origin) {
        AppendInfo info = log.append(records, origin, leaderEpoch);
        if (!info.duplicate()) {
            advance();
        }
        return info;
    }

    /**
     * Completes when the high watermark has reached the offset: what an acknowledgement with acks=all waits for. Fails with
     * NotLeaderOrFollowerException when the partition is closed or deleted before.
     */
    public CompletableFuture<Void> whenCommitted(long endOffset) {
        if (highWatermark.get() >= endOffset) {
            return DONE;
        }
        CompletableFuture<Void> committed = new CompletableFuture<>();
        highWatermark.whenAbove(endOffset - 1, () -> {
            if (highWatermark.get() >= endOffset) {
                committed.complete(null);
            } else {
                committed.completeExceptionally(new NotLeaderOrFollowerException(id.topicPartition() + " was closed"));
            }
        });
        return committed;
    }

    /** Reads up to the high watermark. */
    public FetchData read(long offset, int maxBytes, boolean atLeastOneBatch) {
        return read(offset, maxBytes, atLeastOneBatch, ReadLimit.HIGH_WATERMARK);
    }

    /**
     * @param maxBytes the most that is returned
     * @param atLeastOneBatch the first batch comes whole even if it is larger
     * @throws OffsetOutOfRangeException before the log's start or past its end
     * @throws NotLeaderOrFollowerException closed or deleted
     */
    public FetchData read(long offset, int maxBytes, boolean atLeastOneBatch, ReadLimit limit) {
        if (closed) {
            throw new NotLeaderOrFollowerException(id.topicPartition() + " is closed");
        }
        long committed = highWatermark.get();
        long stop = switch (limit) {
            case HIGH_WATERMARK -> committed;
            case LAST_STABLE_OFFSET -> Math.min(committed, lastStableOffset());
            case LOG_END -> Long.MAX_VALUE;
        };
        return new FetchData(
                log.reader().read(offset, maxBytes, atLeastOneBatch, stop),
                committed,
                lastStableOffset(),
                logStartOffset());
    }

    public long logStartOffset() {
        return log.logStartOffset();
    }

    public long logEndOffset() {
        return log.logEndOffset();
    }

    public long highWatermark() {
        return highWatermark.get();
    }

    /** There are no open transactions, so this is the high watermark. */
    public long lastStableOffset() {
        return highWatermark.get();
    }

    public long sizeInBytes() {
        return log.sizeInBytes();
    }

    /** The first record, below the high watermark, whose timestamp is at least this. */
    public Optional<TimestampOffset> offsetForTimestamp(long timestampMs) {
        return log.reader().findTimestamp(timestampMs).filter(found -> found.offset() < highWatermark());
    }

    /** The first record with the highest timestamp. */
    public Optional<TimestampOffset> offsetOfMaxTimestamp() {
        return log.reader().findMaxTimestamp().filter(found -> found.offset() < highWatermark());
    }

    public EpochEnd endOfLeaderEpoch(int epoch) {
        return epoch == leaderEpoch ? new EpochEnd(epoch, logEndOffset()) : log.endOfEpoch(epoch);
    }

    /**
     * Moves the log's start; a segment that lies before it as a whole is deleted. On disk when this returns.
     *
     * @param offset the new start, or −1 for the high watermark
     * @return where the log starts now
     * @throws OffsetOutOfRangeException past the high watermark
     */
    public long deleteRecordsBefore(long offset) {
        long target = offset == -1 ? highWatermark() : offset;
        if (target < 0 || target > highWatermark()) {
            throw new OffsetOutOfRangeException("Records of " + id.topicPartition() + " cannot be deleted before "
                    + offset + ": the high watermark is " + highWatermark());
        }
        log.deleteBefore(target);
        return log.logStartOffset();
    }

    /**
     * Runs the action once, as soon as the high watermark is above the given offset: at once on this thread if it is, else
     * on the thread that moves it (so the action must be short and never block), or when the partition is closed or deleted.
     */
    public Wait whenAbove(long offset, Runnable action) {
        return highWatermark.whenAbove(offset, action);
    }

    /** Cuts the log so that it ends at this offset, for a follower that has diverged. */
    public void truncateTo(long offset) {
        log.truncateTo(offset);
        highWatermark.cutTo(log.logEndOffset());
    }

    /** Brings everything appended so far onto disk. */
    public void flush() {
        log.flusher().force();
        advance();
    }

    void updateConfig(LogConfig config) {
        log.updateConfig(config);
        advance();
    }

    Log log() {
        return log;
    }

    /** Moves the high watermark, after a flush if acknowledgements wait for one. */
    void advance() {
        if (!log.config().flushBeforeAck()) {
            highWatermark.advanceTo(log.logEndOffset());
        } else {
            highWatermark.advanceTo(log.flusher().flushedOffset());
            if (highWatermark.get() < log.logEndOffset() && flushQueued.compareAndSet(false, true)) {
                flushExecutor.execute(this::flushQueued);
            }
        }
    }

    private void flushQueued() {
        // Cleared first: what is appended from here on finds it clear and queues the next flush.
        flushQueued.set(false);
        try {
            highWatermark.advanceTo(log.flusher().force());
        } catch (RuntimeException e) {
            LOG.error("{}: acknowledgements wait because a flush failed: {}", id.topicPartition(), e.getMessage());
        }
    }

    void close() {
        closed = true;
        try {
            log.close();
        } finally {
            highWatermark.close();
        }
    }

    /** Moves the records out of the way; returns the directory that is left to delete, or null. */
    Path retire() throws IOException {
        closed = true;
        try {
            return log.retire();
        } finally {
            highWatermark.close();
        }
    }
}
