package freshet.trends.contract;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The hashes that steps agree on. They are part of the contracts: changing one moves keys and breaks every snapshot.
 *
 * <p>64 bits for tags and authors: among 100 million of them two collide with a chance of 3 in 10,000.
 */
public final class Hash64 {

    private Hash64() {}

    /** A hash of the string's UTF-16 units: four to a word, each word multiplied and folded, MurmurHash3's finish. */
    public static long of(String s) {
        int length = s.length();
        long h = 0x9e3779b97f4a7c15L ^ length;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            long word = s.charAt(i)
                    | (long) s.charAt(i + 1) << 16
                    | (long) s.charAt(i + 2) << 32
                    | (long) s.charAt(i + 3) << 48;
            h = fold(h, word);
        }
        long rest = 0;
        for (int shift = 0; i < length; i++, shift += 16) {
            rest |= (long) s.charAt(i) << shift;
        }
        return mix(fold(h, rest));
    }

    /** MurmurHash3's 64-bit finish: a bijection whose every output bit depends on every input bit. */
    public static long mix(long h) {
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    /** An author, by source and the source's own id. */
    public static long author(String source, String authorId) {
        return mix(of(source) * 31 + of(authorId));
    }

    /** The highest {@link #level}. */
    public static final int LEVEL_MAX = 30;

    /**
     * The level of an author's hash: how many zero bits it begins with, the sign bit being turned. Half of all authors have
     * level 0, a quarter 1, and so on; those of a level or above are those with the smallest hashes, as signed numbers.
     */
    public static int level(long author) {
        return Math.min(LEVEL_MAX, Long.numberOfLeadingZeros(author ^ Long.MIN_VALUE));
    }

    /** The greatest hash of an author of a level or above. */
    public static long greatest(int level) {
        return level == 0 ? Long.MAX_VALUE : Long.MIN_VALUE + (1L << (Long.SIZE - level)) - 1;
    }

    /** The partition of {@code hashtag-uses} that counts a folded tag: murmur2 of its UTF-8, as Kafka's clients do. */
    public static int partition(String foldedTag, int partitions) {
        return Utils.toPositive(Utils.murmur2(foldedTag.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private static long fold(long h, long word) {
        h = (h ^ word) * 0x9fb21c651e98df25L;
        return h ^ (h >>> 29);
    }
}
