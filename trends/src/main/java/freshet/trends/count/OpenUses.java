package freshet.trends.count;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Uses whose pane is still open, as they arrived; when time has passed a pane, its uses move to the log in order of
 * (time, source partition, offset), so that no trace of their arrival is left.
 */
final class OpenUses {

    private static final int SOURCE_BITS = 20;
    private static final int INDEX_BITS = 27;

    private final long paneSize;
    private final TreeMap<Long, Pane> panes = new TreeMap<>();
    private int size;

    OpenUses(long paneSize) {
        this.paneSize = paneSize;
    }

    /** Adds a use. Those of one source come in order of their offsets. */
    void add(long time, int source, long offset, int tag, long author, byte[] detail) {
        panes.computeIfAbsent(Math.floorDiv(time, paneSize), Pane::new).add(time, source, offset, tag, author, detail);
        size++;
    }

    /** Hands over, and forgets, the uses of the panes that end at or before a time. */
    void seal(long time, Consumer consumer) {
        while (!panes.isEmpty()) {
            Map.Entry<Long, Pane> first = panes.firstEntry();
            if ((first.getKey() + 1) * paneSize > time) {
                return;
            }
            panes.pollFirstEntry();
            first.getValue().forEach(consumer);
            size -= first.getValue().size;
        }
    }

    /** Start of the first pane with a use; asked only where there is one. */
    long firstPane() {
        return panes.firstKey() * paneSize;
    }

    boolean isEmpty() {
        return panes.isEmpty();
    }

    int size() {
        return size;
    }

    /** All uses before a time, in order of (time, source partition, offset). */
    void forEachBefore(long time, Consumer consumer) {
        for (Pane pane : panes.values()) {
            if (pane.start >= time) {
                return;
            }
            pane.forEach((t, source, offset, tag, author, detail) -> {
                if (t < time) {
                    consumer.use(t, source, offset, tag, author, detail);
                }
            });
        }
    }

    /** Takes a use. */
    interface Consumer {
        void use(long time, int source, long offset, int tag, long author, byte[] detail);
    }

    private final class Pane {
        private final long start;
        private int size;
        private long[] time = new long[4];
        private int[] source = new int[4];
        private long[] offset = new long[4];
        private int[] tag = new int[4];
        private long[] author = new long[4];
        private byte[][] detail = new byte[4][];

        Pane(long index) {
            start = index * paneSize;
        }

        void add(long useTime, int useSource, long useOffset, int useTag, long useAuthor, byte[] useDetail) {
            if (size == time.length) {
                grow();
            }
            time[size] = useTime;
            source[size] = useSource;
            offset[size] = useOffset;
            tag[size] = useTag;
            author[size] = useAuthor;
            detail[size] = useDetail;
            size++;
        }

        /** Within a source the order of arrival is that of offsets, so (time, source, arrival) sorts as one long. */
        void forEach(Consumer consumer) {
            long[] keys = new long[size];
            for (int i = 0; i < size; i++) {
                keys[i] = ((time[i] - start) << SOURCE_BITS | source[i]) << INDEX_BITS | i;
            }
            Arrays.sort(keys);
            for (long key : keys) {
                int i = (int) (key & ((1 << INDEX_BITS) - 1));
                consumer.use(time[i], source[i], offset[i], tag[i], author[i], detail[i]);
            }
        }

        private void grow() {
            int capacity = size * 2;
            time = Arrays.copyOf(time, capacity);
            source = Arrays.copyOf(source, capacity);
            offset = Arrays.copyOf(offset, capacity);
            tag = Arrays.copyOf(tag, capacity);
            author = Arrays.copyOf(author, capacity);
            detail = Arrays.copyOf(detail, capacity);
        }
    }
}
