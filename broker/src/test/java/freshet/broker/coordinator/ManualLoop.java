package freshet.broker.coordinator;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/** A loop whose thread is the test's and whose time only the test moves. */
public final class ManualLoop implements Loop {
    private static final long EPOCH_MS = 1_700_000_000_000L;

    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final PriorityQueue<Scheduled> timers =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::atMs).thenComparingLong(Scheduled::sequence));
    private long nowMs;
    private long sequence;

    private record Scheduled(long atMs, long sequence, Runnable step) {}

    @Override
    public long wallClockMs() {
        return EPOCH_MS + nowMs;
    }

    @Override
    public long elapsedMs() {
        return nowMs;
    }

    @Override
    public void execute(Runnable step) {
        steps.add(step);
    }

    @Override
    public Timer schedule(long delayMs, Runnable step) {
        Scheduled scheduled = new Scheduled(nowMs + delayMs, sequence++, step);
        timers.add(scheduled);
        return () -> timers.remove(scheduled);
    }

    /** Runs all steps that are ready, without moving time. */
    public void drain() {
        while (!steps.isEmpty()) {
            steps.poll().run();
        }
    }

    /** Moves time, firing timers as they become due. */
    public void advance(long ms) {
        long target = nowMs + ms;
        drain();
        while (!timers.isEmpty() && timers.peek().atMs <= target) {
            Scheduled next = timers.poll();
            nowMs = Math.max(nowMs, next.atMs);
            next.step.run();
            drain();
        }
        nowMs = target;
    }

    public int pendingTimers() {
        return timers.size();
    }
}
