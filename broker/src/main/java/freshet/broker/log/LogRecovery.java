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
 * segment without batches; {@code .tmp} files; a compacted segment ({@code .cleaned}) that has not taken its place. The
 * last three are harmless or deleted here.
 */
final class LogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);

    /** The state of a log at its opening. */
    record Recovered(
            Segments segments,
            LogEnd end,
            long logStartOffset,
            long recoveryPoint,
            LeaderEpochs epochs,
            ProducerStates producers) {}

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
            return new Recovered(Segments.NONE, LogEnd.at(0, null), 0, 0, new LeaderEpochs(), new ProducerStates());
        }
        List<Segment> segments = findSegments();
        Checkpoint checkpoint = Checkpoint.read(directory.path());
        if (segments.isEmpty()) {
            // The directory was made, then the process was killed or the disk was full.
            long start = checkpoint == null ? 0 : checkpoint.recoveryPoint();
            return new Recovered(
                    Segments.NONE, LogEnd.at(start, null), start, start, new LeaderEpochs(), new ProducerStates());
        }
        int place = checkpoint == null ? -1 : placeOf(checkpoint, segments);
        return place < 0
                ? readAll(segments, checkpoint == null ? 0 : checkpoint.logStartOffset())
                : readRest(segments, checkpoint, place);
    }

    private List<Segment> findSegments() throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (Path file : directory.list()) {
            String name = file.getFileName().toString();
            OptionalLong baseOffset = SegmentFiles.baseOffset(name);
            if (baseOffset.isPresent()) {
                segments.add(Segment.existing(directory.path(), baseOffset.getAsLong(), context.files(), config));
            } else if (name.endsWith(".tmp") || name.endsWith(".cleaned")) {
                Files.delete(file);
            }
        }
        return segments;
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

    private Recovered readAll(List<Segment> segments, long logStartOffset) throws IOException {
        return read(
                segments, 0, 0, segments.get(0).baseOffset(), logStartOffset, new LeaderEpochs(), new ProducerStates());
    }

    private Recovered readRest(List<Segment> segments, Checkpoint checkpoint, int place) throws IOException {
        boolean inSegment = segments.get(place).baseOffset() == checkpoint.segmentBaseOffset();
        return read(
                segments,
                place,
                inSegment ? checkpoint.segmentPosition() : 0,
                inSegment ? checkpoint.recoveryPoint() : segments.get(place).baseOffset(),
                checkpoint.logStartOffset(),
                checkpoint.epochs(),
                checkpoint.producers());
    }

    private Recovered read(
            List<Segment> segments,
            int place,
            int position,
            long offset,
            long logStartOffset,
            LeaderEpochs epochs,
            ProducerStates producers)
            throws IOException {
        long now = context.time().millis();
        long nextOffset = offset;
        for (int i = place; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            int from = i == place ? position : 0;
            nextOffset = Math.max(nextOffset, segment.baseOffset());
            if (from == segment.size() && i == segments.size() - 1) {
                // Nothing was written since the checkpoint: the usual case, in which no file is opened at all.
                break;
            }
            Segment.Scan scan = segment.recover(from, nextOffset, batch -> {
                epochs.assign(batch.leaderEpoch(), batch.baseOffset());
                producers.replay(batch, now);
            });
            nextOffset = scan.nextOffset();
            if (scan.defect() != null) {
                cut(segments, i, scan);
            }
        }
        Segments found = new Segments(segments);
        long start = Math.min(Math.max(logStartOffset, found.first().baseOffset()), nextOffset);
        epochs.truncateFromStart(start);
        return new Recovered(found, LogEnd.at(nextOffset, found.active()), start, offset, epochs, producers);
    }

    private void cut(List<Segment> segments, int place, Segment.Scan scan) throws IOException {
        Segment damaged = segments.get(place);
        List<Segment> later = segments.subList(place + 1, segments.size());
        long bytes = damaged.size() - scan.position();
        for (Segment segment : later) {
            bytes += segment.size();
            segment.delete();
        }
        later.clear();
        damaged.truncate(scan.position(), scan.nextOffset());
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
