package freshet.broker.coordinator;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How a machine's records lie in the log.
 *
 * @param <R> the records
 */
public interface RecordCodec<R> {
    byte[] key(R record);

    /** The value's bytes; null for a tombstone. */
    byte[] value(R record);

    /**
     * Reads a record; empty for a kind that the machine has no use for.
     *
     * @param value null for a tombstone
     * @throws IllegalArgumentException if the bytes are not in the layout that they announce
     */
    Optional<R> read(ByteBuffer key, ByteBuffer value);
}
