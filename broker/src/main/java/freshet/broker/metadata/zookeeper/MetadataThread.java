package freshet.broker.metadata.zookeeper;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that talks with ZooKeeper, and the ways to have it do something. It may wait for ZooKeeper. */
final class MetadataThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetadataThread.class);
    private static final int GRACE_SECONDS = 2;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread created = new Thread(task, "freshet-metadata");
        created.setDaemon(true);
        return created;
    });
    private final Executor completions;
    private volatile boolean closed;

    /** Something that may fail in any way that ZooKeeper knows. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /** How a failure is told to who asked. */
    @FunctionalInterface
    interface Translation {
        Exception translate(String what, Exception problem);
    }

    /** @param completions completes futures, so that what is chained to them can't hold this thread up */
    MetadataThread(Executor completions) {
        this.completions = completions;
    }

    /** Runs the task and waits for it. */
    void call(Task task) throws ExecutionException, InterruptedException {
        thread.submit(() -> {
                    task.run();
                    return null;
                })
                .get();
    }

    /** Runs the task some time; a failure is logged, since a later event or a new connection leads here again. */
    void follow(Task task) {
        try {
            thread.execute(() -> {
                try {
                    if (!closed) {
                        task.run();
                    }
                } catch (Exception e) {
                    if (!closed) {
                        LOG.warn("Cannot follow metadata in ZooKeeper, looking again when connected: {}", e.toString());
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("Closed while metadata changed");
        }
    }

    /** Runs the operation some time. */
    <T> CompletableFuture<T> ask(String what, Callable<T> operation, Translation errors) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    T value = operation.call();
                    complete(() -> result.complete(value));
                } catch (Exception e) {
                    Exception problem = errors.translate(what, e);
                    complete(() -> result.completeExceptionally(problem));
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new TimeoutException("Cannot " + what + ": the broker is shutting down."));
        }
        return result;
    }

    private void complete(Runnable completion) {
        try {
            completions.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
        }
    }

    /** Lets what has begun end, for a moment. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
