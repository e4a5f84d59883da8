package freshet.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecords.RecordFilter;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.CloseableIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over a log with {@code cleanup.policy=compact}: of each key only the last record stays, at its offset; a
 * tombstone (a key without value) goes {@code delete.retention.ms} after it was first passed. Only closed segments that a
 * checkpoint covers are touched. The last offsets of the keys written since the previous pass are gathered first; then all
 * closed segments up to there are written anew without what these supersede, several small ones into one, and take the old
 * ones' place (see {@link SegmentSwap}).
 */
public final class Compaction {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final int SCAN_CHUNK_BYTES = 256 << 10;
    private static final int MAX_RECORD_BYTES = Integer.MAX_VALUE - 8;

    private final Log log;
    private final LogContext context;
    private final KeyOffsets lastOffsets;
    private final LogConfig config;
    private final BufferSupplier buffers = BufferSupplier.create();

    /**
     * @param dedupeBufferBytes for the keys of one pass; more keys than fit are left to the next
     */
    public Compaction(Log log, LogContext context, long dedupeBufferBytes) {
        this.log = log;
        this.context = context;
        this.config = log.config();
        this.lastOffsets = new KeyOffsets(dedupeBufferBytes);
    }

    /** Whether enough has been written since the last pass, or something has waited for too long. */
    public static boolean isDue(Log log, long nowMs) throws IOException {
        LogConfig config = log.config();
        if (!config.compacts()) {
            return false;
        }
        long clean = 0;
        long dirty = 0;
        boolean overdue = false;
        for (Segment segment : closed(log, nowMs)) {
            if (segment.baseOffset() < log.cleanedOffset()) {
                clean += segment.size();
            } else {
                dirty += segment.size();
                overdue |= segment.maxTimestamp() >= 0 && nowMs - segment.maxTimestamp() > config.maxCompactionLagMs();
            }
        }
        return dirty > 0 && (overdue || dirty >= config.minCleanableDirtyRatio() * (clean + dirty));
    }

    /** The segments that may be compacted: closed, and not younger than min.compaction.lag.ms. */
    private static List<Segment> closed(Log log, long nowMs) throws IOException {
        List<Segment> closed = new ArrayList<>();
        List<Segment> all = log.segments().list();
        long lag = log.config().minCompactionLagMs();
        for (Segment segment : all.subList(0, Math.max(0, all.size() - 1))) {
            if (lag > 0 && segment.maxTimestamp() > nowMs - lag) {
                break;
            }
            closed.add(segment);
        }
        return closed;
    }

    /**
     * Makes the pass.
     *
     * @return bytes that were freed
     * @throws CorruptRecordException when a batch is damaged; the log is as before
     */
    public long run() throws IOException {
        log.flusher().checkpoint();
        long now = context.time().millis();
        List<Segment> closed = closed(log, now);
        long cleanTo = gatherLastOffsets(closed);
        long before = log.sizeInBytes();
        List<Segment> group = new ArrayList<>();
        long groupBytes = 0;
        for (Segment segment : closed) {
            if (segment.baseOffset() >= cleanTo) {
                break;
            }
            boolean fits = groupBytes + segment.size() <= config.segmentBytes()
                    && (group.isEmpty() || segment.baseOffset() - group.get(0).baseOffset() < Integer.MAX_VALUE / 2);
            if (!fits) {
                rewrite(group, now);
                group.clear();
                groupBytes = 0;
            }
            group.add(segment);
            groupBytes += segment.size();
        }
        rewrite(group, now);
        log.cleaned(cleanTo);
        log.flusher().checkpoint();
        long freed = before - log.sizeInBytes();
        LOG.info("{}: compacted up to offset {}, {} bytes freed", log.name(), cleanTo, freed);
        return freed;
    }

    /** Returns the offset up to which all keys are known. */
    private long gatherLastOffsets(List<Segment> closed) throws IOException {
        long known = log.cleanedOffset();
        for (Segment segment : closed) {
            long segmentEnd = log.segments().endOf(log.segments().floor(segment.baseOffset()), log.logEndOffset());
            if (segmentEnd <= log.cleanedOffset()) {
                continue;
            }
            BatchCursor batch = new BatchCursor(segment.log(), 0, segment.size(), SCAN_CHUNK_BYTES);
            while (batch.next()) {
                if (batch.lastOffset() < log.cleanedOffset()) {
                    continue;
                }
                if (lastOffsets.room() < batch.lastOffsetDelta() + 1) {
                    return segment.baseOffset() > log.cleanedOffset() ? segment.baseOffset() : segmentEnd;
                }
                gather(batch, segment);
            }
            checkWhole(batch, segment);
            known = segmentEnd;
        }
        return known;
    }

    private void gather(BatchCursor cursor, Segment segment) throws IOException {
        for (RecordBatch batch : intact(cursor, segment).batches()) {
            try (CloseableIterator<Record> records = batch.streamingIterator(buffers)) {
                while (records.hasNext()) {
                    Record record = records.next();
                    if (record.hasKey() && record.offset() >= log.cleanedOffset()) {
                        lastOffsets.put(record.key(), record.offset());
                    }
                }
            }
        }
    }

    private void rewrite(List<Segment> group, long now) throws IOException {
        if (group.isEmpty()) {
            return;
        }
        Path target = log.path().resolve(SegmentFiles.cleaned(group.get(0).baseOffset()));
        Segments all = log.segments();
        long end = all.endOf(all.list().indexOf(group.get(group.size() - 1)), log.logEndOffset());
        RecordFilter filter = new LastOfKey(now, config.deleteRetentionMs(), end - 1);
        try (FileChannel out = context.files()
                .open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            for (Segment segment : group) {
                copy(segment, filter, out);
            }
            out.force(true);
        }
        log.swap(List.copyOf(group), target);
    }

    private void copy(Segment segment, RecordFilter filter, FileChannel out) throws IOException {
        BatchCursor batch = new BatchCursor(segment.log(), 0, segment.size(), SCAN_CHUNK_BYTES);
        while (batch.next()) {
            MemoryRecords records = intact(batch, segment);
            ByteBuffer kept = records.filterTo(
                            filter, ByteBuffer.allocate(records.sizeInBytes()), buffers, MAX_RECORD_BYTES)
                    .outputBuffer()
                    .flip();
            while (kept.hasRemaining()) {
                out.write(kept);
            }
        }
        checkWhole(batch, segment);
    }

    /** Damage is not copied: a checksum made anew would hide it. */
    private static MemoryRecords intact(BatchCursor batch, Segment segment) throws IOException {
        if (!batch.isIntact()) {
            throw new CorruptRecordException(segment.log().path() + " is damaged at byte " + batch.position()
                    + ": the checksum of a batch does not match");
        }
        return batch.toMemory();
    }

    private static void checkWhole(BatchCursor batch, Segment segment) {
        if (batch.defect() != null) {
            throw new CorruptRecordException(
                    segment.log().path() + " is damaged at byte " + batch.position() + ": " + batch.defect());
        }
    }

    private final class LastOfKey extends RecordFilter {
        private final long lastOffset;

        LastOfKey(long now, long deleteRetentionMs, long lastOffset) {
            super(now, deleteRetentionMs);
            this.lastOffset = lastOffset;
        }

        @Override
        protected BatchRetentionResult checkBatchRetention(RecordBatch batch) {
            // The last batch stays, empty if need be: where a segment ends, the next begins, or something was lost.
            return new BatchRetentionResult(
                    batch.lastOffset() == lastOffset ? BatchRetention.RETAIN_EMPTY : BatchRetention.DELETE_EMPTY,
                    false);
        }

        @Override
        protected boolean shouldRetainRecord(RecordBatch batch, Record record) {
            if (batch.isControlBatch()) {
                return true;
            }
            if (!record.hasKey() || record.offset() < log.logStartOffset()) {
                return false;
            }
            if (record.offset() < lastOffsets.get(record.key())) {
                return false;
            }
            // The first pass that keeps a tombstone writes into its batch until when (KIP-534).
            return record.hasValue()
                    || batch.deleteHorizonMs().isEmpty()
                    || currentTime < batch.deleteHorizonMs().getAsLong();
        }
    }
}
