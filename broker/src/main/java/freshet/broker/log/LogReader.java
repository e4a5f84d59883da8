package freshet.broker.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.TransferableRecords;

/**
 * Finds records in a log by offset and by time, without a lock: it goes by the end and the segments as last published. A
 * segment may be deleted or compacted away under a reader's hands; then its files are gone, and the reader starts over with
 * the segments there are now.
 */
public final class LogReader {
    private final Log log;

    LogReader(Log log) {
        this.log = log;
    }

    /**
     * Batches from the one that holds the offset on, up to the limit. The last may be cut short.
     *
     * @param maxBytes the most that is returned
     * @param atLeastOneBatch the first batch comes whole even if it is larger
     * @param limitOffset nothing from this offset on is returned
     * @throws OffsetOutOfRangeException outside the log
     */
    public TransferableRecords read(long offset, int maxBytes, boolean atLeastOneBatch, long limitOffset) {
        return retrying(() -> tryRead(offset, maxBytes, atLeastOneBatch, limitOffset));
    }

    private TransferableRecords tryRead(long offset, int maxBytes, boolean atLeastOneBatch, long limitOffset)
            throws IOException {
        LogEnd end = log.end();
        if (offset < log.logStartOffset() || offset > end.nextOffset()) {
            throw new OffsetOutOfRangeException("Offset " + offset + " of " + log.name()
                    + " is outside the log, which goes from " + log.logStartOffset() + " to " + end.nextOffset());
        }
        long limit = Math.min(limitOffset, end.nextOffset());
        if (offset >= limit) {
            return MemoryRecords.EMPTY;
        }
        if (limit == end.nextOffset() && end.endsWithBatchOf(offset)) {
            int from = end.lastAppendPosition();
            return slice(end.segment(), from, end.position(), end.position() - from, maxBytes, atLeastOneBatch);
        }
        for (Segment segment : log.segments().from(offset)) {
            int endPosition = end.positionIn(segment);
            BatchCursor batch = segment.cursorAt(offset, endPosition);
            if (batch != null) {
                int from = batch.position();
                int firstBatchBytes = batch.sizeInBytes();
                BatchCursor stop = limit < end.nextOffset() ? segment.cursorAt(limit, endPosition) : null;
                int to = stop == null ? endPosition : stop.position();
                return slice(segment, from, to, firstBatchBytes, maxBytes, atLeastOneBatch);
            }
            // Compaction left nothing at the end of this segment: go on with the next.
        }
        return MemoryRecords.EMPTY;
    }

    private static TransferableRecords slice(
            Segment segment, int from, int to, int firstBatchBytes, int maxBytes, boolean atLeastOneBatch)
            throws IOException {
        int size = to - from;
        if (size > maxBytes) {
            size = firstBatchBytes <= maxBytes ? maxBytes : atLeastOneBatch ? firstBatchBytes : 0;
        }
        return size <= 0 ? MemoryRecords.EMPTY : segment.log().slice(from, size);
    }

    /** The first record whose timestamp (ms) is at least this. */
    public Optional<TimestampOffset> findTimestamp(long timestamp) {
        return retrying(() -> {
            LogEnd end = log.end();
            for (Segment segment : log.segments().list()) {
                if (segment.maxTimestamp() >= timestamp) {
                    TimestampOffset found =
                            segment.findTimestamp(timestamp, log.logStartOffset(), end.positionIn(segment));
                    if (found != null) {
                        return Optional.of(found);
                    }
                }
            }
            return Optional.empty();
        });
    }

    /** The first record that has the highest timestamp. */
    public Optional<TimestampOffset> findMaxTimestamp() {
        return retrying(() -> {
            long max = RecordBatch.NO_TIMESTAMP;
            for (Segment segment : log.segments().list()) {
                max = Math.max(max, segment.maxTimestamp());
            }
            return max == RecordBatch.NO_TIMESTAMP ? Optional.empty() : findTimestamp(max);
        });
    }

    private interface Search<T> {
        T run() throws IOException;
    }

    private <T> T retrying(Search<T> search) {
        while (true) {
            Segments before = log.segments();
            try {
                return search.run();
            } catch (NoSuchFileException e) {
                log.awaitChange();
                if (log.segments() == before) {
                    throw new KafkaStorageException("A file of " + log.name() + " is gone: " + e.getMessage(), e);
                }
            } catch (IOException e) {
                throw new KafkaStorageException("Cannot read " + log.name() + ": " + e, e);
            }
        }
    }
}
