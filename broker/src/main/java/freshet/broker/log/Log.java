package freshet.broker.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of one partition, from its log start to its log end.
 *
 * <p>One lock orders everything that changes the log; it is held for one write to the page cache, never for a flush.
 * Readers take no lock: they see the end as it was published after the last write. What is durable, and when, is {@link
 * LogFlusher}'s.
 *
 * <p>A write that fails (a full disk) fails its append alone: the log is as before, reading goes on, and the next append
 * tries again.
 *
 * <p>It is long because all that changes a log stands here, under the one lock; what only reads, decides or forces has
 * classes of its own.
 */
public final class Log {
    private static final Logger LOG = LoggerFactory.getLogger(Log.class);

    private final LogDirectory directory;
    private final String name;
    private final LogContext context;
    private final RecordValidator validator;
    private final LogReader reader = new LogReader(this);
    private final LogFlusher flusher;
    private final ReentrantLock lock = new ReentrantLock();
    private final LeaderEpochs epochs;
    private final ProducerStates producers;
    private volatile LogConfig config;
    private volatile Segments segments;
    private volatile LogEnd end;
    private volatile long logStartOffset;
    private volatile long cleanedOffset;
    private volatile boolean closed;

    private Log(LogDirectory directory, LogConfig config, LogContext context, LogRecovery.Recovered found) {
        this.directory = directory;
        this.name = directory.id().topicPartition().toString();
        this.context = context;
        this.config = config;
        this.validator = new RecordValidator(name, context.time());
        this.segments = found.segments();
        this.end = found.end();
        this.logStartOffset = found.logStartOffset();
        this.cleanedOffset = found.cleanedOffset();
        this.epochs = found.epochs();
        this.producers = found.producers();
        this.flusher = new LogFlusher(this, directory, context, found.recoveryPoint());
    }

    /**
     * Opens the log in this directory, reading again what a kill may have left behind; an empty one if there is no
     * directory (it is made with the first record).
     */
    public static Log open(Path path, TopicIdPartition id, LogConfig config, LogContext context) throws IOException {
        LogDirectory directory = new LogDirectory(path, id, context.files());
        return new Log(directory, config, context, new LogRecovery(directory, config, context).recover());
    }

    /** Writes down whose log it is where a kill came before that. */
    public void claim() throws IOException {
        directory.claim();
    }

    public TopicIdPartition id() {
        return directory.id();
    }

    public Path path() {
        return directory.path();
    }

    public LogConfig config() {
        return config;
    }

    public void updateConfig(LogConfig newConfig) {
        config = newConfig;
    }

    public long logStartOffset() {
        return logStartOffset;
    }

    public long logEndOffset() {
        return end.nextOffset();
    }

    public int latestEpoch() {
        return epochs.latest();
    }

    public long sizeInBytes() {
        return segments.sizeInBytes();
    }

    public int segmentCount() {
        return segments.list().size();
    }

    public LogReader reader() {
        return reader;
    }

    public LogFlusher flusher() {
        return flusher;
    }

    String name() {
        return name;
    }

    LogEnd end() {
        return end;
    }

    Segments segments() {
        return segments;
    }

    /**
     * Checks the batches, gives them offsets and this leader epoch (unless they come from the leader), and writes them.
     *
     * @throws org.apache.kafka.common.errors.ApiException why they are not written
     */
    public AppendInfo append(MemoryRecords records, AppendOrigin origin, int leaderEpoch) {
        LogConfig settings = config;
        RecordValidator.Valid valid = validator.validate(records, origin, settings);
        AppendInfo info;
        lock.lock();
        try {
            checkOpen();
            AppendInfo earlier = origin == AppendOrigin.CLIENT ? duplicate(valid) : null;
            if (earlier != null) {
                return earlier;
            }
            long first = number(valid, origin, leaderEpoch);
            write(valid, settings);
            info = new AppendInfo(first, end.nextOffset() - 1, valid.logAppendTimeMs(), logStartOffset, false);
        } catch (IOException e) {
            throw new KafkaStorageException("Cannot write to " + name + ": " + e, e);
        } finally {
            lock.unlock();
        }
        flusher.appended(valid.size());
        return info;
    }

    /** The same batch, written before: a retry whose first answer was lost. */
    private AppendInfo duplicate(RecordValidator.Valid valid) {
        long first = producers.check(valid.batches(), name);
        if (first < 0) {
            return null;
        }
        MutableRecordBatch batch = valid.batches().get(0);
        long last = first + batch.lastOffset() - batch.baseOffset();
        return new AppendInfo(first, last, RecordBatch.NO_TIMESTAMP, logStartOffset, true);
    }

    private long number(RecordValidator.Valid valid, AppendOrigin origin, int leaderEpoch) {
        long first = end.nextOffset();
        long next = first;
        for (MutableRecordBatch batch : valid.batches()) {
            if (origin == AppendOrigin.REPLICATION) {
                if (batch.baseOffset() < next) {
                    throw new InvalidRecordException("A replicated batch for " + name + " begins at "
                            + batch.baseOffset() + ", before the log's end " + next);
                }
                next = batch.nextOffset();
            } else {
                next += batch.lastOffset() - batch.baseOffset() + 1;
                batch.setLastOffset(next - 1);
                batch.setPartitionLeaderEpoch(leaderEpoch);
            }
        }
        return valid.batches().get(0).baseOffset();
    }

    private void write(RecordValidator.Valid valid, LogConfig settings) throws IOException {
        List<MutableRecordBatch> batches = valid.batches();
        RecordBatch last = batches.get(batches.size() - 1);
        Segment current = segments.isEmpty() ? null : segments.active();
        boolean roll = current == null
                || current.mustRollBefore(valid.size(), last.lastOffset(), last.maxTimestamp(), settings);
        Segment target = roll ? newSegment(end.nextOffset(), settings) : current;
        int position = target.size();
        try {
            target.append(valid);
        } catch (IOException e) {
            if (roll) {
                // The next batch may be small enough to go to the old segment.
                target.delete();
            }
            throw e;
        }
        long now = context.time().millis();
        for (MutableRecordBatch batch : batches) {
            epochs.assign(batch.partitionLeaderEpoch(), batch.baseOffset());
            producers.add(batch, now);
        }
        if (roll) {
            segments = segments.plus(target);
        }
        long lastAppend = batches.size() == 1 ? last.baseOffset() : -1;
        end = new LogEnd(last.nextOffset(), target, target.size(), lastAppend, position);
    }

    private Segment newSegment(long baseOffset, LogConfig settings) throws IOException {
        directory.create();
        if (!segments.isEmpty()) {
            segments.active().saveIndexes();
            flusher.rolled();
        }
        return Segment.create(directory.path(), baseOffset, context.files(), settings);
    }

    public EpochEnd endOfEpoch(int epoch) {
        return epochs.endOf(epoch, logEndOffset());
    }

    /** Moves the log start forward and deletes the segments before it. The new start is on disk when this returns. */
    public void deleteBefore(long offset) {
        if (offset <= logStartOffset) {
            return;
        }
        inLock(() -> {
            logStartOffset = Math.max(logStartOffset, Math.min(offset, logEndOffset()));
            epochs.truncateFromStart(logStartOffset);
        });
        flusher.checkpoint();
        inLock(() -> {
            int count = 0;
            List<Segment> list = segments.list();
            while (count < list.size() - 1 && segments.endOf(count, logEndOffset()) <= logStartOffset) {
                count++;
            }
            deleteFirst(count);
        });
    }

    /**
     * Deletes old segments as retention.bytes and retention.ms say.
     *
     * @param belowOffset only segments that end at or before this
     * @return how many
     */
    public int applyRetention(long belowOffset) {
        LogConfig settings = config;
        if (!settings.deletes() || segments.isEmpty()) {
            return 0;
        }
        int[] deleted = new int[1];
        inLock(() -> deleted[0] = expired(settings, belowOffset));
        if (deleted[0] == 0) {
            return 0;
        }
        // What the checkpoint says of producers must not be older than the records that are left.
        flusher.checkpoint();
        inLock(() -> {
            int count = expired(settings, Math.min(belowOffset, flusher.recoveryPoint()));
            if (count == segments.list().size()) {
                Segment empty = newSegment(end.nextOffset(), settings);
                empty.create();
                segments = segments.plus(empty);
                end = LogEnd.at(end.nextOffset(), empty);
            }
            deleteFirst(count);
            deleted[0] = count;
        });
        LOG.info("{}: retention deleted {} segments, the log starts at {}", name, deleted[0], logStartOffset);
        return deleted[0];
    }

    private int expired(LogConfig settings, long belowOffset) throws IOException {
        return Retention.expired(
                segments,
                end.nextOffset(),
                belowOffset,
                settings,
                context.time().millis());
    }

    private void deleteFirst(int count) throws IOException {
        if (count > 0) {
            List<Segment> old = segments.list().subList(0, count);
            segments = segments.withoutFirst(count);
            logStartOffset = Math.max(logStartOffset, segments.first().baseOffset());
            epochs.truncateFromStart(logStartOffset);
            for (Segment segment : old) {
                segment.delete();
            }
        }
    }

    /** Cuts the log so that it ends at this offset (or at the batch that holds it). */
    public void truncateTo(long offset) {
        if (offset >= logEndOffset()) {
            return;
        }
        flusher.whileNotFlushing(() -> inLock(() -> {
            int place = segments.floor(offset);
            Segment last = segments.list().get(place);
            BatchCursor batch = last.cursorAt(offset, last.size());
            long newEnd = batch == null ? Math.max(offset, last.baseOffset()) : batch.baseOffset();
            List<Segment> dropped =
                    segments.list().subList(place + 1, segments.list().size());
            segments = segments.firstOnly(place + 1);
            if (batch != null) {
                last.truncate(batch.position(), batch.baseOffset());
            }
            end = LogEnd.at(newEnd, last);
            logStartOffset = Math.min(logStartOffset, newEnd);
            for (Segment segment : dropped) {
                segment.delete();
            }
            epochs.truncateFromEnd(newEnd);
            producers.clear();
            long now = context.time().millis();
            for (Segment segment : segments.list()) {
                segment.replay(segment.size(), b -> producers.replay(b, now));
            }
            cleanedOffset = Math.min(cleanedOffset, newEnd);
            flusher.truncated(newEnd);
        }));
        flusher.checkpoint();
    }

    /** Up to where compaction knows the last record of every key. */
    long cleanedOffset() {
        return cleanedOffset;
    }

    void cleaned(long offset) {
        inLock(() -> cleanedOffset = Math.min(offset, end.nextOffset()));
    }

    /** Puts a compacted file in the place of these segments, unless one of them has been deleted meanwhile. */
    void swap(List<Segment> old, Path compacted) {
        inLock(() -> {
            checkOpen();
            List<Segment> now = segments.list();
            int from = now.indexOf(old.get(0));
            int to = from + old.size();
            if (from < 0 || to >= now.size() || !now.subList(from, to).equals(old)) {
                Files.deleteIfExists(compacted);
                return;
            }
            Path swap = SegmentSwap.decide(
                    compacted, old.get(0).baseOffset(), now.get(to).baseOffset());
            old.forEach(Segment::abandon);
            SegmentSwap.finish(swap);
            List<Segment> replaced = new ArrayList<>(now);
            replaced.subList(from, to).clear();
            replaced.add(from, Segment.existing(directory.path(), old.get(0).baseOffset(), context.files(), config));
            segments = new Segments(replaced);
        });
    }

    /** Forgets producers that have been idle for too long. */
    public void expireProducers() {
        inLock(() -> producers.expire(context.time().millis() - context.producerIdExpirationMs()));
    }

    /** Writes nothing more, and lets go of the files once everything is on disk. */
    public void close() {
        closed = true;
        awaitChange();
        flusher.close();
        segments.list().forEach(Segment::release);
    }

    /** Moves the log out of the way at once; {@link LogDirectory#deleteTree} may take its time. */
    public Path retire() throws IOException {
        closed = true;
        Path[] target = new Path[1];
        flusher.whileNotFlushing(() -> inLock(() -> {
            target[0] = directory.rename();
            segments.list().forEach(Segment::release);
        }));
        return target[0];
    }

    /** What a checkpoint is to say; called by the flusher, which forces the segments it is given before it says it. */
    Snapshot snapshot() {
        Snapshot[] snapshot = new Snapshot[1];
        inLock(() -> {
            List<Segment> unflushed = segments.from(flusher.recoveryPoint());
            for (Segment segment : unflushed) {
                segment.saveIndexes();
            }
            LogEnd e = end;
            snapshot[0] = new Snapshot(
                    List.copyOf(unflushed),
                    e.segment() == null
                            ? null
                            : new Checkpoint(
                                    logStartOffset,
                                    e.nextOffset(),
                                    e.segment().baseOffset(),
                                    e.position(),
                                    cleanedOffset,
                                    Checkpoint.state(epochs, producers)));
        });
        return snapshot[0];
    }

    /** A checkpoint to write once these segments have been forced; null for a log without records. */
    record Snapshot(List<Segment> unflushed, Checkpoint checkpoint) {}

    /** Returns once whatever is changing the log now has done so. */
    void awaitChange() {
        inLock(() -> {});
    }

    private void checkOpen() {
        if (closed) {
            throw new NotLeaderOrFollowerException(name + " is closed");
        }
    }

    interface Change {
        void run() throws IOException;
    }

    private void inLock(Change change) {
        lock.lock();
        try {
            change.run();
        } catch (IOException e) {
            throw new KafkaStorageException("Storage of " + name + " failed: " + e, e);
        } finally {
            lock.unlock();
        }
    }
}
