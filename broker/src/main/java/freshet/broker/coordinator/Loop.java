package freshet.broker.coordinator;

/** A thread that runs steps one after the other, with clock and timers; a test drives one by hand. */
public interface Loop {
    /** Wall-clock time, in milliseconds since 1970: what goes into records. */
    long wallClockMs();

    /** Milliseconds that only ever go forward: what deadlines are made of. */
    long elapsedMs();

    /**
     * Runs {@code step} on the loop, after what was handed in before. May be called from any thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the loop has stopped
     */
    void execute(Runnable step);

    /** Runs {@code step} on the loop after {@code delayMs}. */
    Timer schedule(long delayMs, Runnable step);

    /** A step that has not run yet. */
    interface Timer {
        /** Forgets the step; harmless when it has run. */
        void cancel();
    }
}
