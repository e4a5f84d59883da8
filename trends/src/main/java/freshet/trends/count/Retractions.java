package freshet.trends.count;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Retracted uses that still count, until time has passed what their retraction holds from. */
final class Retractions {

    private static final Comparator<Pending> ORDER = Comparator.comparingLong(Pending::holdsFrom)
            .thenComparingInt(Pending::source)
            .thenComparingLong(Pending::at)
            .thenComparing(Pending::tagName)
            .thenComparingLong(Pending::offset);

    private final PriorityQueue<Pending> pending = new PriorityQueue<>(ORDER);

    void add(Pending retraction) {
        pending.add(retraction);
    }

    /** Hands over, and forgets, those that windows ending at or after {@code end} must do without. */
    void holdingBefore(long end, Consumer<Pending> consumer) {
        while (!pending.isEmpty() && pending.peek().holdsFrom() < end) {
            consumer.accept(pending.poll());
        }
    }

    /** In a fixed order. */
    void forEach(Consumer<Pending> consumer) {
        pending.stream().sorted(ORDER).forEach(consumer);
    }

    int size() {
        return pending.size();
    }

    /**
     * A retracted use.
     *
     * @param holdsFrom windows that end after it do without the use
     * @param at offset of the retraction in its source partition
     * @param time the use's own
     * @param source source partition of both
     * @param offset of the post
     * @param author of the post
     * @param tag number of the tag, to which this holds a reference
     * @param tagName the tag
     */
    record Pending(long holdsFrom, long at, long time, int source, long offset, long author, int tag, String tagName) {}
}
