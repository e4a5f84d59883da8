package freshet.broker.partition;

import freshet.broker.log.Log;
import freshet.broker.log.LogDirectory;
import freshet.broker.log.OpenFiles;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to logs beside serving them: flushing, retention, forgetting idle producers, deleting. One thread for what
 * comes round, so that a slow disk delays the next round instead of piling rounds up; threads of their own for flushes that
 * acknowledgements wait for. A failure in one log is counted and said, and does not keep the others from their turn.
 */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int FLUSH_THREADS = 4;

    private final StorageConfig config;
    private final OpenFiles files;
    private final Supplier<Collection<Partition>> partitions;
    private final Counter failures;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(daemon("log-housekeeping"));
    private final ExecutorService flushes = Executors.newFixedThreadPool(FLUSH_THREADS, daemon("log-flush"));
    private final ExecutorService deletions = Executors.newSingleThreadExecutor(daemon("log-delete"));

    Housekeeping(
            StorageConfig config, OpenFiles files, Supplier<Collection<Partition>> partitions, MeterRegistry metrics) {
        this.config = config;
        this.files = files;
        this.partitions = partitions;
        this.failures = Counter.builder("freshet.broker.log.housekeeping.failures")
                .description("Flushes, retention passes and the like that failed in one log")
                .register(metrics);
    }

    Executor flushExecutor() {
        return task -> {
            try {
                flushes.execute(task);
            } catch (RejectedExecutionException e) {
                // Closing: the log is flushed by that.
            }
        };
    }

    void start() {
        every(config.flushSchedulerIntervalMs(), this::flushRound);
        every(config.retentionCheckIntervalMs(), this::retentionRound);
    }

    void flushRound() {
        eachLog("flush", partition -> {
            partition.log().flusher().flushIfDue(config.flushIntervalBytes());
            // Also tries again where a flush that acknowledgements wait for has failed.
            partition.advance();
        });
        files.closeRetired();
    }

    void retentionRound() {
        eachLog("apply retention to", partition -> {
            Log log = partition.log();
            log.applyRetention(partition.highWatermark());
            log.expireProducers();
        });
    }

    /** Deletes a retired directory in the background; null for none. */
    void deleteTree(Path directory) {
        if (directory != null) {
            deletions.execute(() -> {
                try {
                    LogDirectory.deleteTree(directory);
                } catch (IOException e) {
                    LOG.warn("Cannot delete {}, will try at the next start: {}", directory, e.toString());
                }
            });
        }
    }

    /** Finishes what has begun. Nothing is interrupted: an interrupt would close files that others use. */
    void stop() {
        for (ExecutorService executor : new ExecutorService[] {rounds, flushes, deletions}) {
            executor.shutdown();
        }
        try {
            for (ExecutorService executor : new ExecutorService[] {rounds, flushes, deletions}) {
                if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                    LOG.warn("Housekeeping has not finished within 5 s; closing the logs regardless");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void eachLog(String what, Consumer<Partition> action) {
        for (Partition partition : partitions.get()) {
            try {
                action.accept(partition);
            } catch (RuntimeException e) {
                failures.increment();
                LOG.error("Cannot {} {}: {}", what, partition.id().topicPartition(), e.getMessage());
            }
        }
    }

    private void every(long periodMs, Runnable round) {
        rounds.scheduleWithFixedDelay(
                () -> {
                    try {
                        round.run();
                    } catch (RuntimeException e) {
                        failures.increment();
                        LOG.error("Housekeeping failed", e);
                    }
                },
                periodMs,
                periodMs,
                TimeUnit.MILLISECONDS);
    }

    private static java.util.concurrent.ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
