package freshet.broker.coordinator.group;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.Uuid;

/** Writes the primitive types of Kafka's protocol, behind an int16 that says kind or version. */
final class RecordWriter {
    private static final int UUID_BYTES = 16;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    RecordWriter(short prefix) {
        int16(prefix);
    }

    private RecordWriter int16(int value) {
        out.write(value >> 8);
        out.write(value);
        return this;
    }

    RecordWriter int32(int value) {
        return int16(value >> 16).int16(value);
    }

    RecordWriter int64(long value) {
        return int32((int) (value >> 32)).int32((int) value);
    }

    /** At most 32,767 bytes of UTF-8. */
    RecordWriter string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException("A string of " + bytes.length + " bytes does not fit into a record.");
        }
        int16(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    RecordWriter nullableString(String value) {
        return value == null ? int16(-1) : string(value);
    }

    RecordWriter compactString(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        unsignedVarint(bytes.length + 1);
        out.writeBytes(bytes);
        return this;
    }

    RecordWriter sizedBytes(byte[] value) {
        int32(value.length);
        out.writeBytes(value);
        return this;
    }

    RecordWriter noTags() {
        return unsignedVarint(0);
    }

    /** A tag section with nothing but this field. */
    RecordWriter uuidTag(int tag, Uuid value) {
        return unsignedVarint(1)
                .unsignedVarint(tag)
                .unsignedVarint(UUID_BYTES)
                .int64(value.getMostSignificantBits())
                .int64(value.getLeastSignificantBits());
    }

    private RecordWriter unsignedVarint(int value) {
        int left = value;
        while ((left & ~0x7f) != 0) {
            out.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write(left);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
