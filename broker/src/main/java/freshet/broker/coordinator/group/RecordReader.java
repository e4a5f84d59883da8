package freshet.broker.coordinator.group;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ByteBufferAccessor;

/** Reads the primitive types of Kafka's protocol from a copy of a buffer's view. */
final class RecordReader {
    private final ByteBuffer in;

    RecordReader(ByteBuffer buffer) {
        this.in = buffer.duplicate();
    }

    short int16() {
        return in.getShort();
    }

    int int32() {
        return in.getInt();
    }

    long int64() {
        return in.getLong();
    }

    int unsignedVarint() {
        return new ByteBufferAccessor(in).readUnsignedVarint();
    }

    /** Null where the length says so; {@code compact} is how flexible versions write it. */
    String nullableString(boolean compact) {
        int length = compact ? unsignedVarint() - 1 : int16();
        return length < 0 ? null : new String(raw(length), StandardCharsets.UTF_8);
    }

    String string(boolean compact) {
        String text = nullableString(compact);
        if (text == null) {
            throw new IllegalArgumentException("a text that must be there is not");
        }
        return text;
    }

    byte[] bytes(boolean compact) {
        return raw(compact ? unsignedVarint() - 1 : int32());
    }

    /** Reads the tag section for one UUID; zero if it is not there. */
    Uuid uuidTag(int wanted) {
        Uuid found = Uuid.ZERO_UUID;
        for (int left = unsignedVarint(); left > 0; left--) {
            int tag = unsignedVarint();
            ByteBuffer field = ByteBuffer.wrap(raw(unsignedVarint()));
            if (tag == wanted) {
                found = new Uuid(field.getLong(), field.getLong());
            }
        }
        return found;
    }

    void skipTags() {
        uuidTag(-1);
    }

    private byte[] raw(int length) {
        // Before the allocation: a wrong length must not cost memory.
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
