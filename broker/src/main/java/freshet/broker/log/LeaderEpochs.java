package freshet.broker.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Which leader wrote from which offset on: lets a follower find where its log left the leader's (KIP-101). Changed under
 * the log's lock; read without.
 */
final class LeaderEpochs {
    private record Start(int epoch, long offset) {}

    private volatile List<Start> starts = List.of();

    /** A batch of this epoch begins at the offset; an epoch that is not newer changes nothing. */
    void assign(int epoch, long offset) {
        List<Start> current = starts;
        if (epoch >= 0 && (current.isEmpty() || last(current).epoch() < epoch)) {
            List<Start> next = new ArrayList<>(current);
            next.add(new Start(epoch, offset));
            starts = List.copyOf(next);
        }
    }

    int latest() {
        List<Start> current = starts;
        return current.isEmpty() ? -1 : last(current).epoch();
    }

    /** Where the largest epoch up to this one ends, given where the log does. */
    EpochEnd endOf(int epoch, long logEndOffset) {
        List<Start> current = starts;
        for (int i = current.size() - 1; i >= 0; i--) {
            if (current.get(i).epoch() <= epoch) {
                long end = i + 1 < current.size() ? current.get(i + 1).offset() : logEndOffset;
                return new EpochEnd(current.get(i).epoch(), end);
            }
        }
        return EpochEnd.UNKNOWN;
    }

    /** The log ends here now. */
    void truncateFromEnd(long endOffset) {
        starts = starts.stream().filter(s -> s.offset() < endOffset).toList();
    }

    /** The log starts here now: of the epochs before, the one that is in force here remains. */
    void truncateFromStart(long startOffset) {
        List<Start> current = starts;
        List<Start> kept = new ArrayList<>();
        for (int i = 0; i < current.size(); i++) {
            boolean endsBefore = i + 1 < current.size() && current.get(i + 1).offset() <= startOffset;
            if (!endsBefore) {
                Start s = current.get(i);
                kept.add(new Start(s.epoch(), Math.max(s.offset(), startOffset)));
            }
        }
        starts = List.copyOf(kept);
    }

    int encodedBytes() {
        return 4 + 12 * starts.size();
    }

    void encode(ByteBuffer out) {
        List<Start> current = starts;
        out.putInt(current.size());
        current.forEach(s -> out.putInt(s.epoch()).putLong(s.offset()));
    }

    static LeaderEpochs decode(ByteBuffer in) {
        LeaderEpochs epochs = new LeaderEpochs();
        for (int n = in.getInt(); n > 0; n--) {
            epochs.assign(in.getInt(), in.getLong());
        }
        return epochs;
    }

    private static Start last(List<Start> list) {
        return list.get(list.size() - 1);
    }
}
