package freshet.trends.extract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Which blocks a successor needs, and where they stand in the topic that keeps them: each continues the one before it, and
 * together they reach back as far as posts are remembered.
 */
final class Journal {

    private final long horizon;
    private final Rereading marks;
    private final ArrayDeque<PostBlock> unwritten = new ArrayDeque<>();
    private long last = ExtractNote.NO_JOURNAL;

    /** @param horizon how long a post is remembered, event time in milliseconds */
    Journal(long horizon) {
        this.horizon = horizon;
        this.marks = new Rereading(horizon);
    }

    void add(PostBlock block) {
        unwritten.add(block);
    }

    /** The blocks that are to be written now; {@link #written} says where they stand. */
    List<byte[]> unwritten() {
        // What was read again reaches further back than what must be remembered of it.
        while (last == ExtractNote.NO_JOURNAL && unwritten.size() > 1 && outlived(unwritten)) {
            unwritten.removeFirst();
        }
        List<byte[]> blocks = new ArrayList<>(unwritten.size());
        unwritten.forEach(block -> blocks.add(block.bytes()));
        return blocks;
    }

    /** Whether the second of these reaches back far enough. */
    private boolean outlived(ArrayDeque<PostBlock> blocks) {
        var iterator = blocks.iterator();
        iterator.next();
        long clock = iterator.next().clockBefore();
        return clock != Long.MIN_VALUE && blocks.getLast().clockAfter() - clock > horizon;
    }

    /** The offsets at which the unwritten blocks stand now. */
    void written(List<Long> offsets) {
        for (long offset : offsets) {
            stands(offset, unwritten.removeFirst());
        }
    }

    /** A block that continues the last one stands at an offset. */
    void stands(long offset, PostBlock block) {
        if (last == ExtractNote.NO_JOURNAL) {
            marks.begin(offset, block.clockBefore());
        } else if (block.clockBefore() != Long.MIN_VALUE) {
            marks.advanced(offset, block.clockBefore());
        }
        last = offset;
    }

    /** The offset of the first block that a successor needs; {@link ExtractNote#NO_JOURNAL} where none is written. */
    long first() {
        return last == ExtractNote.NO_JOURNAL ? last : marks.start().offset();
    }

    /** The offset of the last block. */
    long last() {
        return last;
    }
}
