package freshet.broker.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stretch of a log: a file of batches and its two indexes, which are looked at (and rebuilt if they do not agree with the
 * batches) when they are first needed, so that a start does not depend on the number of segments. Only the active segment
 * is written to, under the log's lock; reading needs none.
 */
final class Segment {
    private static final Logger LOG = LoggerFactory.getLogger(Segment.class);
    private static final int LOOKUP_CHUNK_BYTES = 8 << 10;
    private static final int SCAN_CHUNK_BYTES = 256 << 10;

    /** Sees each batch that a scan passes. */
    interface Visitor {
        void visit(BatchCursor batch);
    }

    /**
     * Where a scan ended.
     *
     * @param position behind the last good batch
     * @param nextOffset the offset after it
     * @param defect why it went no further, or null
     */
    record Scan(int position, long nextOffset, String defect) {}

    private enum Check {
        ORDER,
        INTACT,
        GAPLESS
    }

    private final long baseOffset;
    private final LogFile log;
    private final OffsetIndex offsets;
    private final TimeIndex times;
    private final int indexIntervalBytes;
    private volatile boolean indexesTrusted;
    private volatile long maxTimestamp = RecordBatch.NO_TIMESTAMP;
    private long maxTimestampOffset = -1;
    private long lastIndexedTimestamp = Long.MIN_VALUE;
    private long firstTimestamp = RecordBatch.NO_TIMESTAMP;
    private int bytesSinceIndexEntry;

    private Segment(
            long baseOffset, LogFile log, LogFile index, LogFile timeIndex, int interval, boolean indexesTrusted) {
        this.baseOffset = baseOffset;
        this.log = log;
        this.offsets = new OffsetIndex(index, baseOffset);
        this.times = new TimeIndex(timeIndex, baseOffset);
        this.indexIntervalBytes = interval;
        this.indexesTrusted = indexesTrusted;
    }

    static Segment create(Path directory, long baseOffset, OpenFiles files, LogConfig config) {
        return new Segment(
                baseOffset,
                LogFile.fresh(files, directory.resolve(SegmentFiles.log(baseOffset))),
                LogFile.fresh(files, directory.resolve(SegmentFiles.offsetIndex(baseOffset))),
                LogFile.fresh(files, directory.resolve(SegmentFiles.timeIndex(baseOffset))),
                config.indexIntervalBytes(),
                true);
    }

    static Segment existing(Path directory, long baseOffset, OpenFiles files, LogConfig config) throws IOException {
        return new Segment(
                baseOffset,
                file(files, directory.resolve(SegmentFiles.log(baseOffset))),
                file(files, directory.resolve(SegmentFiles.offsetIndex(baseOffset))),
                file(files, directory.resolve(SegmentFiles.timeIndex(baseOffset))),
                config.indexIntervalBytes(),
                false);
    }

    private static LogFile file(OpenFiles files, Path path) throws IOException {
        try {
            return LogFile.existing(files, path, Math.toIntExact(Files.size(path)));
        } catch (NoSuchFileException e) {
            return LogFile.fresh(files, path);
        }
    }

    long baseOffset() {
        return baseOffset;
    }

    int size() {
        return log.length();
    }

    LogFile log() {
        return log;
    }

    /** Makes the file, so that an empty log still knows its end after a restart. */
    void create() throws IOException {
        log.create();
    }

    /** Whether the next batch has to go to a new segment. */
    boolean mustRollBefore(int bytes, long lastOffset, long timestamp, LogConfig config) throws IOException {
        trustIndexes(size());
        int size = size();
        return size > config.segmentBytes() - bytes
                || lastOffset - baseOffset > Integer.MAX_VALUE
                || (size > 0
                        && (offsets.isFull(config.segmentIndexBytes()) || times.isFull(config.segmentIndexBytes())))
                || (size > 0
                        && firstTimestamp != RecordBatch.NO_TIMESTAMP
                        && timestamp - firstTimestamp > config.segmentMs());
    }

    /** Writes batches that have their offsets, in one write. When that fails, the segment is as it was. */
    void append(RecordValidator.Valid records) throws IOException {
        trustIndexes(size());
        int position = size();
        log.append(records.bytes().duplicate());
        for (MutableRecordBatch batch : records.batches()) {
            note(batch.lastOffset(), position, batch.sizeInBytes(), batch.maxTimestamp());
            position += batch.sizeInBytes();
        }
    }

    private void note(long lastOffset, int position, int bytes, long timestamp) {
        if (position == 0) {
            firstTimestamp = timestamp;
        }
        if (bytesSinceIndexEntry > indexIntervalBytes) {
            indexTime();
            offsets.append(lastOffset, position);
            bytesSinceIndexEntry = 0;
        }
        bytesSinceIndexEntry += bytes;
        if (timestamp > maxTimestamp) {
            maxTimestamp = timestamp;
            maxTimestampOffset = lastOffset;
        }
    }

    private void indexTime() {
        if (maxTimestamp > lastIndexedTimestamp && maxTimestamp != RecordBatch.NO_TIMESTAMP) {
            times.append(maxTimestamp, maxTimestampOffset);
            lastIndexedTimestamp = maxTimestamp;
        }
    }

    /** Writes what the indexes hold in memory to their files, with the highest timestamp so far. */
    void saveIndexes() throws IOException {
        trustIndexes(size());
        indexTime();
        offsets.save();
        times.save();
    }

    /** Brings the batches onto disk. */
    void force() throws IOException {
        log.force();
    }

    void forceIndexes() throws IOException {
        offsets.file().force();
        times.file().force();
    }

    /**
     * Reads from a position on, checks every batch and enters it in the indexes.
     *
     * @param expectedOffset no batch may begin before
     * @param gapless whether a batch that begins later is damage too: compaction leaves gaps, but not past a checkpoint
     */
    Scan recover(int from, long expectedOffset, boolean gapless, Visitor visitor) throws IOException {
        // Entries may have been saved for batches past the checkpoint; these are entered again.
        offsets.truncateToPosition(from);
        times.truncateToOffset(expectedOffset);
        indexesTrusted = false;
        trustIndexes(from);
        return scan(from, size(), expectedOffset, gapless ? Check.GAPLESS : Check.INTACT, visitor);
    }

    private Scan scan(int from, int to, long expectedOffset, Check check, Visitor visitor) throws IOException {
        BatchCursor batch = new BatchCursor(log, from, to, SCAN_CHUNK_BYTES);
        long nextOffset = expectedOffset;
        while (batch.next()) {
            long base = batch.baseOffset();
            if (base < nextOffset
                    || check == Check.GAPLESS && base > nextOffset
                    || batch.lastOffset() - baseOffset > Integer.MAX_VALUE) {
                return new Scan(batch.position(), nextOffset, "offsets go from " + nextOffset + " to " + base);
            }
            if (check != Check.ORDER && !batch.isIntact()) {
                return new Scan(batch.position(), nextOffset, "the checksum of a batch does not match");
            }
            note(batch.lastOffset(), batch.position(), batch.sizeInBytes(), batch.maxTimestamp());
            visitor.visit(batch);
            nextOffset = batch.lastOffset() + 1;
        }
        return new Scan(batch.position(), nextOffset, batch.defect());
    }

    /** Shows every batch up to a position, without entering anything in the indexes. */
    void replay(int to, Visitor visitor) throws IOException {
        BatchCursor batch = new BatchCursor(log, 0, to, SCAN_CHUNK_BYTES);
        while (batch.next()) {
            visitor.visit(batch);
        }
        checkWhole(batch);
    }

    /** The file ends here now; the batch that begins here has this offset. */
    void truncate(int position, long offset) throws IOException {
        log.truncate(position);
        offsets.truncateToPosition(position);
        times.truncateToOffset(offset);
        takeUpTimes(position);
    }

    /** Looks at the indexes if nobody has, and rebuilds them if they cannot be right. */
    private void trustIndexes(int end) throws IOException {
        if (!indexesTrusted) {
            synchronized (this) {
                if (!indexesTrusted) {
                    if (indexesAgree(end)) {
                        takeUpTimes(end);
                    } else {
                        rebuildIndexes(end);
                    }
                    indexesTrusted = true;
                }
            }
        }
    }

    private boolean indexesAgree(int end) throws IOException {
        if (!offsets.isWhole() || !times.isWhole()) {
            return false;
        }
        OffsetIndex.Entry lastOffset = offsets.last();
        TimeIndex.Entry lastTime = times.last();
        return (lastOffset == null || at(lastOffset, end) != null)
                && (lastTime == null ? isUntimed(end) : at(lastTime, end) != null);
    }

    private boolean isUntimed(int end) throws IOException {
        BatchCursor first = new BatchCursor(log, 0, end, BatchCursor.HEADER_BYTES);
        return !first.next() || first.maxTimestamp() == RecordBatch.NO_TIMESTAMP;
    }

    private void rebuildIndexes(int end) throws IOException {
        if (end > 0) {
            LOG.debug("Rebuilding the indexes of {}", log.path());
        }
        offsets.truncate(0);
        times.truncate(0);
        takeUpTimes(0);
        Scan scan = scan(0, end, baseOffset, Check.ORDER, batch -> {});
        if (scan.defect() != null) {
            LOG.warn("{} is damaged at byte {}: {}", log.path(), scan.position(), scan.defect());
        }
        indexTime();
        offsets.save();
        times.save();
    }

    /** Sets what is known of timestamps from the time index, the first batch, and those behind the last index entry. */
    private void takeUpTimes(int end) throws IOException {
        TimeIndex.Entry last = times.last();
        lastIndexedTimestamp = last == null ? Long.MIN_VALUE : last.timestamp();
        maxTimestampOffset = last == null ? -1 : last.lastOffset();
        maxTimestamp = last == null ? RecordBatch.NO_TIMESTAMP : last.timestamp();
        BatchCursor first = new BatchCursor(log, 0, end, BatchCursor.HEADER_BYTES);
        firstTimestamp = first.next() ? first.maxTimestamp() : RecordBatch.NO_TIMESTAMP;
        OffsetIndex.Entry lastOffset = offsets.last();
        int from = lastOffset == null ? 0 : Math.min(end, lastOffset.position());
        BatchCursor rest = new BatchCursor(log, from, end, LOOKUP_CHUNK_BYTES);
        while (rest.next()) {
            if (rest.maxTimestamp() > maxTimestamp) {
                maxTimestamp = rest.maxTimestamp();
                maxTimestampOffset = rest.lastOffset();
            }
        }
        bytesSinceIndexEntry = end - from;
    }

    /** The batch that an entry points to, or null when there is no such batch. */
    private BatchCursor at(OffsetIndex.Entry entry, int end) throws IOException {
        if (entry.position() < 0 || entry.position() >= end) {
            return null;
        }
        BatchCursor batch = new BatchCursor(log, entry.position(), end, LOOKUP_CHUNK_BYTES);
        return batch.next() && batch.lastOffset() == entry.lastOffset() ? batch : null;
    }

    private BatchCursor at(TimeIndex.Entry entry, int end) throws IOException {
        BatchCursor batch = search(entry.lastOffset(), end);
        return batch != null && batch.lastOffset() == entry.lastOffset() && batch.maxTimestamp() == entry.timestamp()
                ? batch
                : null;
    }

    /**
     * Stands at the batch that holds the offset, or the first one after it; null when there is none before the end.
     *
     * @throws CorruptRecordException when damaged bytes lie in between
     */
    BatchCursor cursorAt(long offset, int end) throws IOException {
        trustIndexes(size());
        return search(offset, end);
    }

    private BatchCursor search(long offset, int end) throws IOException {
        OffsetIndex.Entry entry = offsets.lookup(offset);
        BatchCursor batch = entry == null ? null : at(entry, end);
        if (batch == null) {
            if (entry != null && entry.position() < end) {
                LOG.warn("{} does not agree with its index at offset {}; reading from its start", log.path(), offset);
            }
            batch = new BatchCursor(log, 0, end, LOOKUP_CHUNK_BYTES);
            if (!batch.next()) {
                checkWhole(batch);
                return null;
            }
        }
        while (batch.lastOffset() < offset) {
            if (!batch.next()) {
                checkWhole(batch);
                return null;
            }
        }
        return batch;
    }

    /** The first record from an offset on whose timestamp is at least this, or null. */
    TimestampOffset findTimestamp(long timestamp, long from, int end) throws IOException {
        trustIndexes(size());
        TimeIndex.Entry entry = times.lookup(timestamp - 1);
        BatchCursor batch = entry == null ? null : at(entry, end);
        if (batch == null || batch.lastOffset() < from) {
            batch = cursorAt(from, end);
        }
        while (batch != null) {
            if (batch.maxTimestamp() >= timestamp) {
                for (Record record : batch.toMemory().records()) {
                    if (record.timestamp() >= timestamp && record.offset() >= from) {
                        return new TimestampOffset(record.timestamp(), record.offset(), batch.leaderEpoch());
                    }
                }
            }
            if (!batch.next()) {
                checkWhole(batch);
                return null;
            }
        }
        return null;
    }

    /** The highest timestamp, or −1. */
    long maxTimestamp() throws IOException {
        trustIndexes(size());
        return maxTimestamp;
    }

    long lastModifiedMs() throws IOException {
        return Files.getLastModifiedTime(log.path()).toMillis();
    }

    void delete() throws IOException {
        for (LogFile file : files()) {
            file.delete();
        }
    }

    void release() {
        files().forEach(LogFile::release);
    }

    /** Its files are another's from here on. */
    void abandon() {
        files().forEach(LogFile::abandon);
    }

    private List<LogFile> files() {
        return List.of(log, offsets.file(), times.file());
    }

    private void checkWhole(BatchCursor batch) {
        if (batch.defect() != null) {
            throw new CorruptRecordException(
                    log.path() + " is damaged at byte " + batch.position() + ": " + batch.defect());
        }
    }
}
