package freshet.broker.log;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The last offset of each key in a stretch of log: an open-addressed table of a fixed size, 24 bytes a slot, that stands for
 * a key by its MD5, since two different keys taken for one would lose a record (16 bytes: one chance in 10^20 at a billion
 * keys). Filled to three quarters at most. Not thread-safe.
 */
final class KeyOffsets {
    private static final int SLOT_LONGS = 3;
    private static final int SLOT_BYTES = SLOT_LONGS * Long.BYTES;

    private final long[] slots;
    private final int capacity;
    private final int max;
    private final byte[] digest = new byte[16];
    private final MessageDigest md5;
    private int size;

    KeyOffsets(long bytes) {
        this.capacity = Math.toIntExact(Math.max(16, Math.min(bytes / SLOT_BYTES, Integer.MAX_VALUE / SLOT_LONGS - 8)));
        this.max = capacity / 4 * 3;
        this.slots = new long[capacity * SLOT_LONGS];
        try {
            this.md5 = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    /** How many more keys are sure to fit. */
    int room() {
        return max - size;
    }

    void put(ByteBuffer key, long offset) {
        int slot = find(key);
        if (slots[slot + 2] == 0) {
            size++;
        }
        // Zero stands for an empty slot.
        slots[slot + 2] = offset + 1;
    }

    /** The last offset of the key, or −1. */
    long get(ByteBuffer key) {
        return slots[find(key) + 2] - 1;
    }

    private int find(ByteBuffer key) {
        md5.update(key.duplicate());
        try {
            md5.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest);
        long high = hash.getLong();
        long low = hash.getLong();
        int slot = (int) Long.remainderUnsigned(high, capacity);
        while (true) {
            int at = slot * SLOT_LONGS;
            if (slots[at + 2] == 0) {
                slots[at] = high;
                slots[at + 1] = low;
                return at;
            }
            if (slots[at] == high && slots[at + 1] == low) {
                return at;
            }
            slot = slot + 1 == capacity ? 0 : slot + 1;
        }
    }
}
