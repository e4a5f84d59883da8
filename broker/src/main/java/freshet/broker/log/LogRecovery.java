package freshet.broker.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a directory holds. The rule: everything before the checkpoint's recovery point is taken as it is; every
 * batch after it is read and checked, and at the first that is torn, damaged or out of order the log is cut, with all that
 * follows. Without a checkpoint that fits the files, the whole log is read. Nothing that was flushed is lost by this, and
 * nothing half-written survives it.
 *
 * <p>What files a kill can leave: a torn tail of the active segment; index entries for batches past the checkpoint; a new
 * segment without batches; {@code .tmp} files; a compacted segment that is not complete ({@code .cleaned}) or has not quite
 * taken its place ({@link SegmentSwap}). The first of these is harmless, the others are deleted or finished here.
 */
final class LogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);

    /** The state of a log at its opening. */
    record Recovered(
            Segments segments,
            LogEnd end,
            long logStartOffset,
            long recoveryPoint,
            long cleanedOffset,
            LeaderEpochs epochs,
            ProducerStates producers) {
        static Recovered empty(long offset) {
            LogEnd end = LogEnd.at(offset, null);
            return new Recovered(Segments.NONE, end, offset, offset, 0, new LeaderEpochs(), new ProducerStates());
        }
    }

    /**
     * Where reading begins, and what is known there.
     *
     * @param gapless whether an offset missing within a segment is damage: compaction leaves gaps, but not past a
     *     checkpoint
     */
    private record Start(
            int place, int position, long offset, boolean gapless, LeaderEpochs epochs, ProducerStates producers) {}

    private final LogDirectory directory;
    private final LogConfig config;
    private final LogContext context;

    LogRecovery(LogDirectory directory, LogConfig config, LogContext context) {
        this.directory = directory;
        this.config = config;
        this.context = context;
    }

    Recovered recover() throws IOException {
        if (!directory.exists()) {
            return Recovered.empty(0);
        }
        List<Segment> segments = findSegments();
        Checkpoint checkpoint = Checkpoint.read(directory.path());
        if (segments.isEmpty()) {
            // The directory was made, then the process was killed or the disk was full.
            return Recovered.empty(checkpoint == null ? 0 : checkpoint.recoveryPoint());
        }
        int place = checkpoint == null ? -1 : placeOf(checkpoint, segments);
        if (place < 0) {
            long oldest = segments.get(0).baseOffset();
            long logStart = checkpoint == null ? oldest : checkpoint.logStartOffset();
            Start all = new Start(0, 0, oldest, false, new LeaderEpochs(), new ProducerStates());
            return read(segments, all, logStart, 0);
        }
        boolean inSegment = segments.get(place).baseOffset() == checkpoint.segmentBaseOffset();
        Start rest = new Start(
                place,
                inSegment ? checkpoint.segmentPosition() : 0,
                inSegment ? checkpoint.recoveryPoint() : segments.get(place).baseOffset(),
                true,
                checkpoint.epochs(),
                checkpoint.producers());
        return read(segments, rest, checkpoint.logStartOffset(), checkpoint.cleanedOffset());
    }

    private List<Segment> findSegments() throws IOException {
        List<Segment> segments = new ArrayList<>();
        List<Path> files = directory.list();
        if (SegmentSwap.finishAll(files)) {
            files = directory.list();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            OptionalLong baseOffset = SegmentFiles.baseOffset(name);
            if (baseOffset.isPresent()) {
                dropIfEmpty(segments);
                segments.add(Segment.existing(directory.path(), baseOffset.getAsLong(), context.files(), config));
            } else if (name.endsWith(".tmp") || name.endsWith(".cleaned")) {
                Files.delete(file);
            }
        }
        return segments;
    }

    /** Only the first and the last may be empty: any other could not be written to, or its content was lost. */
    private static void dropIfEmpty(List<Segment> segments) throws IOException {
        int last = segments.size() - 1;
        if (last > 0 && segments.get(last).size() == 0) {
            segments.remove(last).delete();
        }
    }

    /** The place of the segment in which reading has to go on; −1 when the checkpoint does not fit the files. */
    private static int placeOf(Checkpoint checkpoint, List<Segment> segments) {
        if (segments.get(0).baseOffset() >= checkpoint.recoveryPoint()) {
            // Retention deleted what the checkpoint was about.
            return 0;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).baseOffset() == checkpoint.segmentBaseOffset()) {
                return segments.get(i).size() >= checkpoint.segmentPosition() ? i : -1;
            }
        }
        return -1;
    }

    private Recovered read(List<Segment> segments, Start start, long logStartOffset, long cleanedOffset)
            throws IOException {
        long now = context.time().millis();
        long nextOffset = start.offset();
        for (int i = start.place(); i < segments.size(); i++) {
            Segment segment = segments.get(i);
            int from = i == start.place() ? start.position() : 0;
            Segment.Scan scan;
            if (i > start.place() && segment.baseOffset() != nextOffset) {
                if (segment.size() == 0) {
                    dropIfEmpty(segments);
                    break;
                }
                // Even compaction keeps the last batch of a segment, so something was lost or never written.
                scan = new Segment.Scan(0, nextOffset, "the segment does not begin where the one before ends");
            } else if (from == segment.size() && i == segments.size() - 1) {
                // Nothing was written since the checkpoint: the usual case, in which no file is opened at all.
                nextOffset = Math.max(nextOffset, segment.baseOffset());
                break;
            } else {
                scan = segment.recover(from, Math.max(nextOffset, segment.baseOffset()), start.gapless(), batch -> {
                    start.epochs().assign(batch.leaderEpoch(), batch.baseOffset());
                    start.producers().replay(batch, now);
                });
            }
            nextOffset = scan.nextOffset();
            if (scan.defect() != null) {
                cut(segments, i, scan);
            }
        }
        Segments found = new Segments(segments);
        long logStart = Math.min(Math.max(logStartOffset, found.first().baseOffset()), nextOffset);
        start.epochs().truncateFromStart(logStart);
        return new Recovered(
                found,
                LogEnd.at(nextOffset, found.active()),
                logStart,
                start.offset(),
                Math.min(cleanedOffset, nextOffset),
                start.epochs(),
                start.producers());
    }

    private void cut(List<Segment> segments, int place, Segment.Scan scan) throws IOException {
        Segment damaged = segments.get(place);
        boolean whole = scan.position() == 0 && place > 0;
        List<Segment> dropped = segments.subList(whole ? place : place + 1, segments.size());
        long bytes = whole ? 0 : damaged.size() - scan.position();
        for (Segment segment : dropped) {
            bytes += segment.size();
            segment.delete();
        }
        dropped.clear();
        if (!whole) {
            damaged.truncate(scan.position(), scan.nextOffset());
        }
        LOG.warn(
                "{}: cut {} bytes from offset {} on ({} at byte {}: {})",
                directory.id().topicPartition(),
                bytes,
                scan.nextOffset(),
                damaged.log().path(),
                scan.position(),
                scan.defect());
    }
}
