package freshet.broker.log;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.errors.KafkaStorageException;

/**
 * Brings a log onto disk, beside the appends rather than in their way. {@link #force} makes records durable; {@link
 * #checkpoint} also writes down that they are, so that they need not be read again after a kill. One flush at a time: those
 * who come meanwhile wait, and mostly find that it is done.
 */
public final class LogFlusher {
    private final Log log;
    private final LogDirectory directory;
    private final LogContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong dirtyBytes = new AtomicLong();
    private volatile long flushedOffset;
    private volatile long recoveryPoint;
    private volatile long lastFlushMs;
    private volatile boolean rolled;

    LogFlusher(Log log, LogDirectory directory, LogContext context, long recoveryPoint) {
        this.log = log;
        this.directory = directory;
        this.context = context;
        this.recoveryPoint = recoveryPoint;
        this.flushedOffset = recoveryPoint;
        // What had to be read again after a kill must not have to be read after the next one too.
        this.rolled = recoveryPoint < log.logEndOffset();
        this.lastFlushMs = context.time().millis();
    }

    /** All records before are on disk. */
    public long flushedOffset() {
        return flushedOffset;
    }

    /** All records before are on disk and a restart knows it. */
    public long recoveryPoint() {
        return recoveryPoint;
    }

    void appended(int bytes) {
        dirtyBytes.addAndGet(bytes);
        if (log.logEndOffset() - flushedOffset >= log.config().flushMessages()) {
            force();
        }
    }

    void rolled() {
        rolled = true;
    }

    void truncated(long endOffset) {
        flushedOffset = Math.min(flushedOffset, endOffset);
        recoveryPoint = Math.min(recoveryPoint, endOffset);
    }

    /**
     * Flushes if settings say so: flush.ms has passed, a segment is complete, or so much is unflushed that reading it again
     * after a kill would take long.
     */
    public void flushIfDue(long maxDirtyBytes) {
        if (rolled || dirtyBytes.get() > maxDirtyBytes) {
            checkpoint();
        } else if (flushedOffset < log.logEndOffset()
                && context.time().millis() - lastFlushMs >= log.config().flushMs()) {
            force();
        }
    }

    /**
     * Makes everything appended before the call durable.
     *
     * @return all records before this offset are on disk
     * @throws KafkaStorageException when the disk does not take it
     */
    public long force() {
        long target = log.logEndOffset();
        if (flushedOffset < target) {
            run(() -> {
                if (flushedOffset < target) {
                    long endOffset = log.logEndOffset();
                    for (Segment segment : log.segments().from(flushedOffset)) {
                        segment.force();
                    }
                    directory.force();
                    flushed(endOffset);
                }
            });
        }
        return flushedOffset;
    }

    /**
     * Makes everything durable and writes the checkpoint.
     *
     * @throws KafkaStorageException when the disk does not take it; the last checkpoint stands
     */
    public void checkpoint() {
        run(() -> {
            rolled = false;
            long bytes = dirtyBytes.get();
            Log.Snapshot snapshot = log.snapshot();
            if (snapshot.checkpoint() == null) {
                return;
            }
            for (Segment segment : snapshot.unflushed()) {
                segment.force();
                segment.forceIndexes();
            }
            directory.force();
            flushed(snapshot.checkpoint().recoveryPoint());
            snapshot.checkpoint().write(directory.path(), context.files());
            recoveryPoint = snapshot.checkpoint().recoveryPoint();
            dirtyBytes.addAndGet(-bytes);
        });
    }

    /** At the end; an idle log costs nothing. */
    void close() {
        if (recoveryPoint < log.logEndOffset()) {
            checkpoint();
        }
    }

    void whileNotFlushing(Log.Change change) {
        run(change);
    }

    private void flushed(long endOffset) {
        flushedOffset = Math.max(flushedOffset, endOffset);
        lastFlushMs = context.time().millis();
    }

    private void run(Log.Change change) {
        lock.lock();
        try {
            change.run();
        } catch (IOException e) {
            throw new KafkaStorageException("Cannot flush " + log.path() + ": " + e, e);
        } finally {
            lock.unlock();
        }
    }
}
