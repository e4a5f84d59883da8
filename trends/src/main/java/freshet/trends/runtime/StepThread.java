package freshet.trends.runtime;

import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a step running on a thread of its own: a worker that fails is thrown away with its clients, and another goes on
 * from what was committed, after a pause that grows from one second to thirty.
 */
public final class StepThread {

    private static final Logger LOG = LoggerFactory.getLogger(StepThread.class);
    private static final long PAUSE_MIN = 1_000;
    private static final long PAUSE_MAX = 30_000;

    private final Step step;
    private final Supplier<StepLog> logs;
    private final WorkerSettings settings;
    private final WorkerMetrics metrics;
    private final Thread thread;
    private volatile boolean draining;
    private volatile Worker worker;
    private volatile String failure;

    /** @param logs opens the log for a new worker */
    public StepThread(Step step, Supplier<StepLog> logs, WorkerSettings settings, WorkerMetrics metrics) {
        this.step = step;
        this.logs = logs;
        this.settings = settings;
        this.metrics = metrics;
        this.thread = new Thread(this::run, "freshet-" + step.name());
    }

    public void start() {
        thread.start();
    }

    public String name() {
        return step.name();
    }

    private void run() {
        long pause = PAUSE_MIN;
        while (!draining) {
            long began = millis();
            try (StepLog log = logs.get()) {
                Worker fresh = new Worker(step, log, settings, StepThread::millis, point -> {}, metrics);
                fresh.start();
                worker = fresh;
                while (!draining) {
                    fresh.round();
                    failure = null;
                }
                fresh.drain();
            } catch (RuntimeException | Error e) {
                // An error as well: a step that ends in silence would look as if it had nothing to do.
                failure = e.getMessage() == null ? e.toString() : e.getMessage();
                pause = millis() - began > 2 * PAUSE_MAX ? PAUSE_MIN : Math.min(2 * pause, PAUSE_MAX);
                LOG.error("{} stops: {}; another try in {} s", step.name(), failure, pause / 1_000);
                LOG.debug("{} stops", step.name(), e);
                sleep(pause);
            } finally {
                worker = null;
            }
        }
    }

    private void sleep(long millis) {
        synchronized (thread) {
            try {
                if (!draining) {
                    thread.wait(millis);
                }
            } catch (InterruptedException e) {
                draining = true;
            }
        }
    }

    /** Finishes what has been read, commits it and leaves the group; {@link #join} waits for it. */
    public void drain() {
        synchronized (thread) {
            draining = true;
            thread.notifyAll();
        }
    }

    /** Waits for the end, and gives up what is not done by then: it was not committed and will be done again. */
    public void join(long millis) {
        try {
            thread.join(millis);
            if (thread.isAlive()) {
                LOG.warn("{} did not finish within {} s and is broken off", step.name(), millis / 1_000);
                thread.interrupt();
                thread.join(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What went wrong last, in one line; null when all is well. */
    public String failure() {
        return failure;
    }

    public WorkerStatus status() {
        Worker at = worker;
        return at == null ? new WorkerStatus(0, 0, List.of()) : at.status();
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }
}
