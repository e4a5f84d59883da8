package freshet.broker.log;

import java.nio.ByteBuffer;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * What one idempotent producer wrote last: its epoch and its last five batches, as many as a client may have in flight, so
 * that a retry of any of them is recognised (KIP-98).
 */
final class ProducerState {
    static final int BATCHES = 5;
    private static final int FIXED_BYTES = 2 + 8 + 1;
    private static final int BATCH_BYTES = 4 + 8 + 4;

    private short epoch = RecordBatch.NO_PRODUCER_EPOCH;
    private long lastUsedMs;
    /** A ring; the newest is at (next − 1). */
    private final int[] lastSequences = new int[BATCHES];

    private final long[] lastOffsets = new long[BATCHES];
    private final int[] offsetDeltas = new int[BATCHES];
    private int next;
    private int count;

    short epoch() {
        return epoch;
    }

    long lastUsedMs() {
        return lastUsedMs;
    }

    /** The sequence number of the last record, or −1 when none is known in this epoch. */
    int lastSequence() {
        return count == 0 ? RecordBatch.NO_SEQUENCE : lastSequences[newest(0)];
    }

    /** The first offset of a batch that was written before with just these sequence numbers, or −1. */
    long offsetOf(int firstSequence, int lastSequence) {
        for (int i = 0; i < count; i++) {
            int at = newest(i);
            int first = DefaultRecordBatch.decrementSequence(lastSequences[at], offsetDeltas[at]);
            if (first == firstSequence && lastSequences[at] == lastSequence) {
                return lastOffsets[at] - offsetDeltas[at];
            }
        }
        return -1;
    }

    void add(short batchEpoch, int lastSequence, long lastOffset, int offsetDelta, long nowMs) {
        if (batchEpoch != epoch) {
            epoch = batchEpoch;
            count = 0;
        }
        lastUsedMs = nowMs;
        lastSequences[next] = lastSequence;
        lastOffsets[next] = lastOffset;
        offsetDeltas[next] = offsetDelta;
        next = (next + 1) % BATCHES;
        count = Math.min(count + 1, BATCHES);
    }

    int encodedBytes() {
        return FIXED_BYTES + count * BATCH_BYTES;
    }

    void encode(ByteBuffer out) {
        out.putShort(epoch).putLong(lastUsedMs).put((byte) count);
        for (int i = count - 1; i >= 0; i--) {
            int at = newest(i);
            out.putInt(lastSequences[at]).putLong(lastOffsets[at]).putInt(offsetDeltas[at]);
        }
    }

    static ProducerState decode(ByteBuffer in) {
        ProducerState state = new ProducerState();
        short epoch = in.getShort();
        long lastUsedMs = in.getLong();
        for (int n = in.get(); n > 0; n--) {
            state.add(epoch, in.getInt(), in.getLong(), in.getInt(), lastUsedMs);
        }
        return state;
    }

    private int newest(int i) {
        return Math.floorMod(next - 1 - i, BATCHES);
    }
}
