package freshet.app.cli;

import freshet.app.stage.Stages;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM close the stages, which drain; the process leaves when that is done or after a while. A second
 * Ctrl-C leaves at once, as the virtual machine does by itself while it shuts down.
 */
final class TerminationSignal implements AutoCloseable {

    /** Longer than any stage takes to drain, shorter than the patience of whoever pressed Ctrl-C. */
    private static final long DRAIN_SECONDS_MAX = 10;

    private final CountDownLatch finished = new CountDownLatch(1);

    TerminationSignal(Stages stages) {
        Thread hook = new Thread(
                () -> {
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
