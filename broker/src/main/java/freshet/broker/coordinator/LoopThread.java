package freshet.broker.coordinator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Loop} that is a thread of its own. */
public final class LoopThread implements Loop, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final InstantSource wallClock;
    private final ScheduledThreadPoolExecutor executor;

    /** Starts when first used. */
    public LoopThread(String name, InstantSource wallClock) {
        this.wallClock = wallClock;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long wallClockMs() {
        return wallClock.millis();
    }

    @Override
    public long elapsedMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void execute(Runnable step) {
        executor.execute(guarded(step));
    }

    @Override
    public Timer schedule(long delayMs, Runnable step) {
        if (executor.isShutdown()) {
            return () -> {};
        }
        ScheduledFuture<?> future = executor.schedule(guarded(step), delayMs, TimeUnit.MILLISECONDS);
        return () -> future.cancel(false);
    }

    /** An executor keeps an exception to itself; a step that fails must be heard of. */
    private static Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                LOG.error("A step of the coordinator failed.", e);
            }
        };
    }

    /** Runs what was handed in before, then ends. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The coordinator's thread did not stop within {} s.", GRACE.toSeconds());
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
