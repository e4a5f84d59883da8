package freshet.broker.log;

import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.LongObjectCursor;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * The idempotent producers of a partition by id. What it promises: of each producer's batches none is written twice and
 * none is missing in between, across retries and restarts, until the producer has been idle for {@code
 * producer.id.expiration.ms}. Idleness is this broker's clock, not record time: a replay writes the past. Guarded by the
 * log's lock.
 */
final class ProducerStates {
    private final LongObjectHashMap<ProducerState> byId = new LongObjectHashMap<>();

    /**
     * Whether a producer's batches may be written.
     *
     * @return −1, or the first offset of the same batch when it is there already
     * @throws InvalidProducerEpochException when another producer has taken over its id
     * @throws OutOfOrderSequenceException when a batch is missing before it
     */
    long check(List<MutableRecordBatch> batches, String where) {
        MutableRecordBatch batch = batches.get(0);
        if (batches.size() == 1) {
            return batch.hasProducerId() ? check(batch, where) : -1;
        }
        if (batches.stream().anyMatch(RecordBatch::hasProducerId)) {
            throw new InvalidRecordException("An idempotent producer sent several batches at once for " + where);
        }
        return -1;
    }

    private long check(MutableRecordBatch batch, String where) {
        long producerId = batch.producerId();
        short epoch = batch.producerEpoch();
        int firstSequence = batch.baseSequence();
        ProducerState state = byId.get(producerId);
        if (state == null) {
            // Expired, or its records were deleted: there is nothing to hold it against.
            return -1;
        }
        if (epoch < state.epoch()) {
            throw new InvalidProducerEpochException("Epoch of producer " + producerId + " in " + where + " is " + epoch
                    + ", which is smaller than the last seen epoch " + state.epoch());
        }
        if (epoch > state.epoch()) {
            if (firstSequence != 0) {
                throw new OutOfOrderSequenceException("Invalid sequence number for new epoch of producer " + producerId
                        + " in " + where + ": " + epoch + " (request epoch), " + firstSequence + " (seq. number), "
                        + state.epoch() + " (current producer epoch)");
            }
            return -1;
        }
        long duplicateOf = state.offsetOf(firstSequence, batch.lastSequence());
        if (duplicateOf < 0 && firstSequence != DefaultRecordBatch.incrementSequence(state.lastSequence(), 1)) {
            throw new OutOfOrderSequenceException("Out of order sequence number for producer " + producerId + " in "
                    + where + ": " + firstSequence + " (incoming seq. number), " + state.lastSequence()
                    + " (current end sequence number)");
        }
        return duplicateOf;
    }

    /** Takes up a batch that has just been written. */
    void add(RecordBatch batch, long nowMs) {
        if (batch.hasProducerId() && !batch.isControlBatch()) {
            int delta = (int) (batch.lastOffset() - batch.baseOffset());
            int last = DefaultRecordBatch.incrementSequence(batch.baseSequence(), delta);
            add(batch.producerId(), batch.producerEpoch(), last, batch.lastOffset(), delta, nowMs);
        }
    }

    private void add(long producerId, short epoch, int lastSequence, long lastOffset, int offsetDelta, long nowMs) {
        ProducerState state = byId.get(producerId);
        if (state == null) {
            state = new ProducerState();
            byId.put(producerId, state);
        }
        state.add(epoch, lastSequence, lastOffset, offsetDelta, nowMs);
    }

    /** Takes up a batch found in the log. */
    void replay(BatchCursor batch, long nowMs) {
        if (batch.producerId() >= 0 && !batch.isControlBatch()) {
            int last = DefaultRecordBatch.incrementSequence(batch.baseSequence(), batch.lastOffsetDelta());
            add(batch.producerId(), batch.producerEpoch(), last, batch.lastOffset(), batch.lastOffsetDelta(), nowMs);
        }
    }

    void expire(long idleSinceMs) {
        byId.removeAll((id, state) -> state.lastUsedMs() < idleSinceMs);
    }

    void clear() {
        byId.clear();
    }

    int size() {
        return byId.size();
    }

    int encodedBytes() {
        int bytes = 4;
        for (LongObjectCursor<ProducerState> c : byId) {
            bytes += 8 + c.value.encodedBytes();
        }
        return bytes;
    }

    void encode(ByteBuffer out) {
        out.putInt(byId.size());
        for (LongObjectCursor<ProducerState> c : byId) {
            out.putLong(c.key);
            c.value.encode(out);
        }
    }

    static ProducerStates decode(ByteBuffer in) {
        ProducerStates states = new ProducerStates();
        for (int n = in.getInt(); n > 0; n--) {
            long id = in.getLong();
            states.byId.put(id, ProducerState.decode(in));
        }
        return states;
    }
}
