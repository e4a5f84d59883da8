package freshet.app.cli;

import freshet.app.stage.Stages;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/**
 * Ctrl-C and SIGTERM close the stages, which drain; the process leaves when that is done or after a while. A second
 * Ctrl-C leaves at once.
 */
final class TerminationSignal implements AutoCloseable {

    /** Longer than any stage takes to drain, shorter than the patience of whoever pressed Ctrl-C. */
    private static final long DRAIN_SECONDS_MAX = 10;

    /** What a shell sees of a process that SIGINT ended. */
    private static final int EXIT_INTERRUPTED = 130;

    private final CountDownLatch finished = new CountDownLatch(1);

    TerminationSignal(Stages stages) {
        Thread hook = new Thread(
                () -> {
                    // By itself the virtual machine ignores further signals while it shuts down.
                    Signal.handle(
                            new Signal("INT"), again -> Runtime.getRuntime().halt(EXIT_INTERRUPTED));
                    Thread closing = new Thread(stages::close, "stop");
                    closing.setDaemon(true);
                    closing.start();
                    try {
                        closing.join(TimeUnit.SECONDS.toMillis(DRAIN_SECONDS_MAX));
                        finished.await(1, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The command has said its last word: the process may go. */
    @Override
    public void close() {
        finished.countDown();
    }
}
