package freshet.broker.partition;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The offset up to which records are safe and may be seen, and those who wait for it to move. A waiter either finds it
 * moved when it registers or is run by whoever moves it: no move is missed. Actions run outside of any lock.
 */
final class HighWatermark {
    private final class Waiter implements Wait {
        private final long above;
        private final Runnable action;

        Waiter(long above, Runnable action) {
            this.above = above;
            this.action = action;
        }

        @Override
        public void cancel() {
            synchronized (HighWatermark.this) {
                waiters.remove(this);
            }
        }
    }

    private static final Wait OVER = () -> {};

    private final Set<Waiter> waiters = new LinkedHashSet<>();
    private volatile long value;
    private boolean closed;

    HighWatermark(long value) {
        this.value = value;
    }

    long get() {
        return value;
    }

    /** Never goes back; a lower offset changes nothing. */
    void advanceTo(long offset) {
        List<Waiter> due;
        synchronized (this) {
            if (offset <= value) {
                return;
            }
            value = offset;
            due = takeDue();
        }
        due.forEach(w -> w.action.run());
    }

    /** The log was cut. */
    synchronized void cutTo(long offset) {
        value = Math.min(value, offset);
    }

    Wait whenAbove(long offset, Runnable action) {
        synchronized (this) {
            if (value <= offset && !closed) {
                Waiter waiter = new Waiter(offset, action);
                waiters.add(waiter);
                return waiter;
            }
        }
        action.run();
        return OVER;
    }

    /** Nothing will move any more: those who wait are run, and will find that out. */
    void close() {
        List<Waiter> all;
        synchronized (this) {
            closed = true;
            all = new ArrayList<>(waiters);
            waiters.clear();
        }
        all.forEach(w -> w.action.run());
    }

    private List<Waiter> takeDue() {
        if (waiters.isEmpty()) {
            return List.of();
        }
        List<Waiter> due = new ArrayList<>();
        for (Iterator<Waiter> it = waiters.iterator(); it.hasNext(); ) {
            Waiter waiter = it.next();
            if (waiter.above < value) {
                it.remove();
                due.add(waiter);
            }
        }
        return due;
    }
}
