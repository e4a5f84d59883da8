package freshet.trends.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Compact binary writing and reading for the internal contracts and the state of steps: LEB128 variable-length integers
 * (signed ones zigzag), strings as UTF-8 behind their length. Big-endian where fixed.
 */
public final class Compact {

    private Compact() {}

    /** Grows as it is written. */
    public static final class Writer {
        private byte[] bytes;
        private int size;

        public Writer(int capacity) {
            bytes = new byte[Math.max(16, capacity)];
        }

        public void fixed8(int value) {
            reserve(1);
            bytes[size++] = (byte) value;
        }

        public void fixed64(long value) {
            reserve(8);
            for (int shift = 56; shift >= 0; shift -= 8) {
                bytes[size++] = (byte) (value >>> shift);
            }
        }

        /** One to ten bytes; small non-negative values are short. */
        public void varint(long value) {
            reserve(10);
            while ((value & ~0x7fL) != 0) {
                bytes[size++] = (byte) (value | 0x80);
                value >>>= 7;
            }
            bytes[size++] = (byte) value;
        }

        /** Values near zero of either sign are short. */
        public void signed(long value) {
            varint(value << 1 ^ value >> 63);
        }

        public void string(String s) {
            if (s.length() >= 128 || !ascii(s)) {
                utf8(s);
            }
        }

        /** Most strings are short and ASCII: they need no copy. */
        private boolean ascii(String s) {
            int length = s.length();
            reserve(1 + length);
            int at = size;
            bytes[at++] = (byte) length;
            for (int i = 0; i < length; i++) {
                char c = s.charAt(i);
                if (c >= 0x80) {
                    return false;
                }
                bytes[at++] = (byte) c;
            }
            size = at;
            return true;
        }

        private void utf8(String s) {
            byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
            varint(utf8.length);
            bytes(utf8, 0, utf8.length);
        }

        public void append(Writer other) {
            bytes(other.bytes, 0, other.size);
        }

        public void bytes(byte[] source, int offset, int length) {
            reserve(length);
            System.arraycopy(source, offset, bytes, size, length);
            size += length;
        }

        public int size() {
            return size;
        }

        /** Copies what was written to where there is room for it. */
        public void copyTo(byte[] target, int at) {
            System.arraycopy(bytes, 0, target, at, size);
        }

        /** Forgets what was written and keeps the room. */
        public void clear() {
            size = 0;
        }

        public byte[] toBytes() {
            return Arrays.copyOf(bytes, size);
        }

        private void reserve(int more) {
            if (bytes.length - size < more) {
                bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length + (bytes.length >> 1)));
            }
        }
    }

    /** Throws {@link java.nio.BufferUnderflowException} or {@link IndexOutOfBoundsException} where the bytes end early. */
    public static final class Reader {
        private final ByteBuffer in;

        public Reader(ByteBuffer in) {
            this.in = in;
        }

        public byte fixed8() {
            return in.get();
        }

        public long fixed64() {
            return in.getLong();
        }

        public long varint() {
            long value = 0;
            for (int shift = 0; shift < 70; shift += 7) {
                byte b = in.get();
                value |= (b & 0x7fL) << shift;
                if (b >= 0) {
                    return value;
                }
            }
            throw new IndexOutOfBoundsException("a varint of more than ten bytes");
        }

        public long signed() {
            long value = varint();
            return value >>> 1 ^ -(value & 1);
        }

        /** A varint that fits an int and is not negative. */
        public int size() {
            long value = varint();
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new IndexOutOfBoundsException("size " + value);
            }
            return (int) value;
        }

        /** How many items follow, each of one byte or more: damaged bytes never make a caller reserve more than that. */
        public int count() {
            int count = size();
            if (count > in.remaining()) {
                throw new IndexOutOfBoundsException("count " + count + " with " + in.remaining() + " bytes left");
            }
            return count;
        }

        public String string() {
            int length = count();
            byte[] utf8 = new byte[length];
            in.get(utf8);
            return new String(utf8, StandardCharsets.UTF_8);
        }

        /** Where the next byte stands in the array that is read. */
        public int position() {
            return in.arrayOffset() + in.position();
        }

        public void skip(int bytes) {
            if (bytes < 0 || bytes > in.remaining()) {
                throw new IndexOutOfBoundsException("skip " + bytes + " with " + in.remaining() + " bytes left");
            }
            in.position(in.position() + bytes);
        }

        public boolean exhausted() {
            return !in.hasRemaining();
        }
    }
}
