package freshet.broker.network;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts bytes held by all connections together. Going over the limit is possible by one read each; those who see it
 * exceeded stop until they are called. Thread-safe.
 */
final class MemoryBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    long used() {
        return used.get();
    }

    boolean isExceeded() {
        return used.get() > limit;
    }

    void add(long bytes) {
        if (bytes != 0 && used.addAndGet(bytes) <= limit && bytes < 0) {
            wake();
        }
    }

    /** Calls {@code resume} once, as soon as the budget is not exceeded, which may be now. */
    void whenAvailable(Runnable resume) {
        waiting.add(resume);
        // Looked at again after queueing: the last release may have come in between.
        if (!isExceeded()) {
            wake();
        }
    }

    private void wake() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
