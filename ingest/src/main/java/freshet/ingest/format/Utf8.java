package freshet.ingest.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Strict UTF-8 (RFC 3629), decided on bytes: no overlong forms, no surrogates, nothing above U+10FFFF. JSON parsers and
 * Java's decoders are laxer or repair silently, and what was repaired can't be shown to anyone.
 */
final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** The index, from 0, of the first byte that is not part of a valid sequence; -1 where all are. */
    static int firstInvalid(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int i = offset;
        while (i < end) {
            i = asciiEnd(bytes, i, end);
            // Where one such character stands, mostly more follow.
            while (i < end && bytes[i] < 0) {
                int size = sequence(bytes, i, end);
                if (size == 0) {
                    return i - offset;
                }
                i += size;
            }
        }
        return -1;
    }

    private static int asciiEnd(byte[] bytes, int from, int end) {
        int i = from;
        while (i + 16 <= end && (((long) LONGS.get(bytes, i) | (long) LONGS.get(bytes, i + 8)) & HIGH_BITS) == 0) {
            i += 16;
        }
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    /** The length of the valid sequence of two to four bytes at a place, or 0. The ranges are Unicode's table 3-7. */
    private static int sequence(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + size > end) {
            return 0;
        }
        int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        int second = bytes[at + 1] & 0xFF;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = at + 2; i < at + size; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
