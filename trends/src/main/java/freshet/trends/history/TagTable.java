package freshet.trends.history;

import com.carrotsearch.hppc.LongIntHashMap;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Weighted sums of samples and of their squares per tag, in dense arrays: settled ones, those of the block in which the
 * tag was last used, and those of the block before it.
 */
final class TagTable {

    static final int BYTES_PER_TAG = 8 + 4 + 6 * 4;
    /** What a tag takes as written: its hash, its block and its sums. */
    private static final int WRITTEN_BYTES = 8 + 4 + 6 * 4;

    private static final int FIRST_CAPACITY = 64;
    private static final int SUM = 0;
    private static final int SQUARES = 1;

    private final int maxTags;
    private final LongIntHashMap slots = new LongIntHashMap();
    private int size;
    private long[] tag = new long[FIRST_CAPACITY];
    private int[] block = new int[FIRST_CAPACITY];
    private float[][] settled = new float[2][FIRST_CAPACITY];
    private float[][] previous = new float[2][FIRST_CAPACITY];
    private float[][] current = new float[2][FIRST_CAPACITY];
    private double greatestForgotten;

    TagTable(int maxTags) {
        this.maxTags = maxTags;
    }

    int size() {
        return size;
    }

    double greatestForgotten() {
        return greatestForgotten;
    }

    /** The slot of a tag, negative when it is not remembered; good until the next change. */
    int slot(long hash) {
        return slots.getOrDefault(hash, -1);
    }

    /** @return whether the tag was known */
    boolean add(long hash, int authors, int inBlock, float weight) {
        int slot = slots.getOrDefault(hash, -1);
        boolean known = slot >= 0;
        if (!known) {
            slot = append(hash, inBlock);
        }
        if (inBlock != block[slot]) {
            boolean adjacent = inBlock == block[slot] + 1;
            for (int kind = SUM; kind <= SQUARES; kind++) {
                settled[kind][slot] += previous[kind][slot];
                previous[kind][slot] = current[kind][slot];
                current[kind][slot] = 0;
                if (!adjacent) {
                    settled[kind][slot] += previous[kind][slot];
                    previous[kind][slot] = 0;
                }
            }
            block[slot] = inBlock;
        }
        current[SUM][slot] += weight * authors;
        current[SQUARES][slot] += weight * authors * authors;
        return known;
    }

    private int append(long hash, int inBlock) {
        if (size == tag.length) {
            resize(size * 2);
        }
        slots.put(hash, size);
        tag[size] = hash;
        block[size] = inBlock;
        return size++;
    }

    private void resize(int capacity) {
        tag = Arrays.copyOf(tag, capacity);
        block = Arrays.copyOf(block, capacity);
        for (float[][] sums : new float[][][] {settled, previous, current}) {
            sums[SUM] = Arrays.copyOf(sums[SUM], capacity);
            sums[SQUARES] = Arrays.copyOf(sums[SQUARES], capacity);
        }
    }

    /** Weighted authors up to the last block but one before {@code now}, or with the last block too. */
    double sum(int slot, int now, boolean withLast) {
        return past(SUM, slot, now, withLast);
    }

    double squares(int slot, int now, boolean withLast) {
        return past(SQUARES, slot, now, withLast);
    }

    private double past(int kind, int slot, int now, boolean withLast) {
        int until = withLast ? now : now - 1;
        double past = settled[kind][slot];
        if (block[slot] - 1 < until) {
            past += previous[kind][slot];
        }
        if (block[slot] < until) {
            past += current[kind][slot];
        }
        return past;
    }

    void halveWeights(int times) {
        float back = 1f / (1L << times);
        for (float[][] sums : new float[][][] {settled, previous, current}) {
            for (float[] kind : sums) {
                for (int slot = 0; slot < size; slot++) {
                    kind[slot] *= back;
                }
            }
        }
        greatestForgotten *= back;
    }

    /** Forgets the lightest quarter when there are too many tags. */
    void evict() {
        if (size <= maxTags) {
            return;
        }
        float[] value = new float[size];
        for (int slot = 0; slot < size; slot++) {
            value[slot] = settled[SQUARES][slot] + previous[SQUARES][slot] + current[SQUARES][slot];
        }
        float[] sorted = value.clone();
        Arrays.sort(sorted);
        int keep = maxTags - maxTags / 4;
        float least = sorted[size - keep];
        int ties = 0;
        for (int i = size - keep; i < size && sorted[i] == least; i++) {
            ties++;
        }
        // Which of the equal ones stay must not depend on slots, whose order a snapshot does not keep.
        long[] equal = new long[size];
        int equals = 0;
        for (int slot = 0; slot < size; slot++) {
            if (value[slot] == least) {
                equal[equals++] = tag[slot];
            }
        }
        Arrays.sort(equal, 0, equals);
        long lastTie = ties == 0 ? Long.MIN_VALUE : equal[ties - 1];
        int kept = 0;
        slots.clear();
        for (int slot = 0; slot < size; slot++) {
            if (value[slot] > least || (value[slot] == least && tag[slot] <= lastTie)) {
                move(slot, kept);
                slots.put(tag[kept], kept);
                kept++;
            } else {
                greatestForgotten =
                        Math.max(greatestForgotten, settled[SUM][slot] + previous[SUM][slot] + current[SUM][slot]);
            }
        }
        for (int slot = kept; slot < size; slot++) {
            for (int kind = SUM; kind <= SQUARES; kind++) {
                settled[kind][slot] = 0;
                previous[kind][slot] = 0;
                current[kind][slot] = 0;
            }
        }
        size = kept;
    }

    private void move(int from, int to) {
        tag[to] = tag[from];
        block[to] = block[from];
        for (int kind = SUM; kind <= SQUARES; kind++) {
            settled[kind][to] = settled[kind][from];
            previous[kind][to] = previous[kind][from];
            current[kind][to] = current[kind][from];
        }
    }

    /** By ascending hash, so that equal tables give equal bytes. */
    void write(DataOutput out) throws IOException {
        out.writeDouble(greatestForgotten);
        out.writeInt(size);
        long[] order = Arrays.copyOf(tag, size);
        Arrays.sort(order);
        for (long hash : order) {
            int slot = slots.get(hash);
            out.writeLong(hash);
            out.writeInt(block[slot]);
            for (int kind = SUM; kind <= SQUARES; kind++) {
                out.writeFloat(settled[kind][slot]);
                out.writeFloat(previous[kind][slot]);
                out.writeFloat(current[kind][slot]);
            }
        }
    }

    void read(DataInput in) throws IOException {
        greatestForgotten = in.readDouble();
        int count = in.readInt();
        if (count < 0 || count > maxTags) {
            throw new IOException("a tag history of " + count + " tags, where at most " + maxTags + " are kept");
        }
        slots.ensureCapacity(count);
        resize(Math.max(FIRST_CAPACITY, count));
        ByteBuffer one = ByteBuffer.allocate(WRITTEN_BYTES);
        for (int i = 0; i < count; i++) {
            in.readFully(one.array());
            one.clear();
            long hash = one.getLong();
            int slot = append(hash, one.getInt());
            for (int kind = SUM; kind <= SQUARES; kind++) {
                settled[kind][slot] = one.getFloat();
                previous[kind][slot] = one.getFloat();
                current[kind][slot] = one.getFloat();
            }
        }
    }
}
