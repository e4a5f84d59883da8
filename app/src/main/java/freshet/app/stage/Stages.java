package freshet.app.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stages that live together. They start in the order given and stop in the order of the pipeline: sources first, so
 * that a stage still finds those after it while it drains. Safe for use by several threads.
 */
public final class Stages implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

    private static final long LOOK_EVERY_MS = 500;

    private final List<Stage> started = new ArrayList<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private boolean closed;

    /**
     * Starts a stage, after those before it.
     *
     * @throws Exception the stage's own, after it was closed again
     */
    public void start(Stage stage) throws Exception {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("stopped while it was starting");
            }
            started.add(stage);
        }
        stage.start();
    }

    /** Every stage's health, in the order they were started. */
    public synchronized Map<String, Health> health() {
        Map<String, Health> health = new LinkedHashMap<>();
        for (Stage stage : started) {
            health.put(stage.name(), stage.health());
        }
        return health;
    }

    /** The first stage that failed, with what it says, or null. */
    public String failure() {
        return health().entrySet().stream()
                .filter(entry -> entry.getValue().state() == Health.State.FAILED)
                .map(entry -> entry.getKey() + ": " + entry.getValue().detail())
                .findFirst()
                .orElse(null);
    }

    /**
     * Waits until someone closes these stages.
     *
     * @return the exit code of a command that was asked to stop
     * @throws IllegalStateException with what it says, when one has failed
     */
    public int runToEnd() throws InterruptedException {
        while (!stopping.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
            String failure = failure();
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
        }
        return 0;
    }

    /** Stops them all, the last started first. */
    @Override
    public void close() {
        List<Stage> toStop;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            toStop = new ArrayList<>(started);
        }
        stopping.countDown();
        for (int i = toStop.size() - 1; i >= 0; i--) {
            try {
                toStop.get(i).close();
            } catch (RuntimeException e) {
                LOG.warn("{} did not stop cleanly: {}", toStop.get(i).name(), e.toString());
            }
        }
    }
}
