package freshet.broker.protocol;

import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Readable;

/**
 * Reads a request of at most so many fields.
 *
 * <p>A request of empty structs costs a byte or two for each on the wire but dozens on the heap: a frame of some
 * megabytes could take gigabytes. Every element of an array needs at least one read, so counting reads bounds the
 * objects, and {@link #remaining()}, which generated code asks before it allocates an array, never promises more.
 */
final class BoundedReadable implements Readable {

    private final ByteBufferAccessor input;
    private int fieldsLeft;

    BoundedReadable(ByteBuffer input, int maxFields) {
        this.input = new ByteBufferAccessor(input);
        this.fieldsLeft = maxFields;
    }

    private void spend() {
        if (--fieldsLeft < 0) {
            throw new InvalidRequestException("too many fields in one request");
        }
    }

    @Override
    public byte readByte() {
        spend();
        return input.readByte();
    }

    @Override
    public short readShort() {
        spend();
        return input.readShort();
    }

    @Override
    public int readInt() {
        spend();
        return input.readInt();
    }

    @Override
    public long readLong() {
        spend();
        return input.readLong();
    }

    @Override
    public double readDouble() {
        spend();
        return input.readDouble();
    }

    @Override
    public byte[] readArray(int length) {
        spend();
        return input.readArray(length);
    }

    @Override
    public int readUnsignedVarint() {
        spend();
        return input.readUnsignedVarint();
    }

    @Override
    public ByteBuffer readByteBuffer(int length) {
        spend();
        return input.readByteBuffer(length);
    }

    @Override
    public int readVarint() {
        spend();
        return input.readVarint();
    }

    @Override
    public long readVarlong() {
        spend();
        return input.readVarlong();
    }

    @Override
    public int remaining() {
        return Math.min(input.remaining(), fieldsLeft);
    }

    @Override
    public Readable slice() {
        return input.slice();
    }
}
