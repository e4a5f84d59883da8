package freshet.broker.log;

import java.io.IOException;
import java.util.List;

/** Which segments are too old or too much, by retention.ms and retention.bytes. */
final class Retention {
    private Retention() {}

    /**
     * How many segments from the first on may go. Only a segment that holds no record at or past the limit may; when all of
     * them are too old, that includes the active one.
     */
    static int expired(Segments segments, long logEndOffset, long belowOffset, LogConfig config, long nowMs)
            throws IOException {
        List<Segment> list = segments.list();
        long excess = config.retentionBytes() < 0 ? 0 : segments.sizeInBytes() - config.retentionBytes();
        int count = 0;
        for (; count < list.size(); count++) {
            Segment segment = list.get(count);
            boolean active = count == list.size() - 1;
            if (active && segment.size() == 0 || segments.endOf(count, logEndOffset) > belowOffset) {
                break;
            }
            long newest = segment.maxTimestamp() >= 0 ? segment.maxTimestamp() : segment.lastModifiedMs();
            boolean tooOld = config.retentionMs() >= 0 && nowMs - newest > config.retentionMs();
            boolean tooMuch = excess >= segment.size() && !active && config.retentionBytes() >= 0;
            if (!tooOld && !tooMuch) {
                break;
            }
            excess -= segment.size();
        }
        return count;
    }
}
