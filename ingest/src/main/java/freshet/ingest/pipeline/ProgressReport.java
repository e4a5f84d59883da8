package freshet.ingest.pipeline;

import freshet.ingest.source.WallTime;
import java.io.Closeable;
import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells a person how an ingest goes: a line that redraws itself on a terminal, a new line every few seconds elsewhere.
 * Says so, too, when the log acknowledges nothing for a while.
 */
public final class ProgressReport implements Closeable {

    private static final long TERMINAL_MILLIS = 250;
    private static final long PLAIN_MILLIS = 5000;
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String CLEAR_REST_OF_LINE = "\u001b[K";

    private final Supplier<Summary> progress;
    private final PrintWriter out;
    private final boolean terminal;
    private final WallTime wall;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ingest-progress");
        thread.setDaemon(true);
        return thread;
    });

    private long beginNanos;
    private long lastNanos;
    private long lastPosts;
    private double rate;
    private long lastPending;
    private long movedNanos;
    private boolean drawn;

    /**
     * @param progress asked at each report, e.g. {@link Ingest#progress}
     * @param terminal whether the line may redraw itself
     */
    public ProgressReport(Supplier<Summary> progress, PrintWriter out, boolean terminal) {
        this(progress, out, terminal, WallTime.SYSTEM);
    }

    ProgressReport(Supplier<Summary> progress, PrintWriter out, boolean terminal, WallTime wall) {
        this.progress = progress;
        this.out = out;
        this.terminal = terminal;
        this.wall = wall;
    }

    /** Begins to report, unless it has been closed: the ingest may have ended as soon as it began. */
    public synchronized void start() {
        if (timer.isShutdown()) {
            return;
        }
        begin();
        long every = terminal ? TERMINAL_MILLIS : PLAIN_MILLIS;
        timer.scheduleWithFixedDelay(this::report, every, every, TimeUnit.MILLISECONDS);
    }

    void begin() {
        beginNanos = wall.nanos();
        lastNanos = beginNanos;
        movedNanos = beginNanos;
    }

    synchronized void report() {
        if (timer.isShutdown()) {
            return;
        }
        Summary now = progress.get();
        long nanos = wall.nanos();
        double seconds = Math.max(1e-3, (nanos - lastNanos) / 1e9);
        double newest = (now.posts() - lastPosts) / seconds;
        // Smoothed over some two seconds, so that the number can be read.
        double weight = Math.min(1, seconds / 2);
        rate = lastNanos == beginNanos ? newest : rate + weight * (newest - rate);
        if (now.pending() == 0 || now.pending() != lastPending || now.posts() != lastPosts) {
            movedNanos = nanos;
        }
        lastNanos = nanos;
        lastPosts = now.posts();
        lastPending = now.pending();
        String line = Progress.line(now, rate, (nanos - beginNanos) / 1e9, terminal);
        if (nanos - movedNanos >= STALL_NANOS) {
            line += "  the broker has not answered for " + (nanos - movedNanos) / 1_000_000_000 + " s; still trying";
        }
        if (terminal) {
            out.print("\r" + line + CLEAR_REST_OF_LINE);
            drawn = true;
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Ends the reports and leaves a clean line behind. */
    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (drawn) {
            out.print("\r" + CLEAR_REST_OF_LINE);
            drawn = false;
        }
        out.flush();
    }
}
