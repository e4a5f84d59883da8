package freshet.broker.partition;

import freshet.broker.log.Compaction;
import freshet.broker.log.Log;
import freshet.broker.log.LogContext;
import freshet.broker.log.LogDirectory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to logs beside serving them: flushing, retention, compaction, forgetting idle producers, deleting. One thread for
 * what comes round and one for compaction, so that a slow disk delays the next round instead of piling rounds up; threads of their own for flushes that
 * acknowledgements wait for. A failure in one log is counted and said, and does not keep the others from their turn.
 */
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int FLUSH_THREADS = 4;

    private interface LogTask {
        void run(Partition partition) throws IOException;
    }

    private final StorageConfig config;
    private final LogContext context;
    private final Supplier<Collection<Partition>> partitions;
    private final Counter failures;
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(daemon("log-housekeeping"));
    private final ScheduledExecutorService cleaner = Executors.newSingleThreadScheduledExecutor(daemon("log-cleaner"));
    private final ExecutorService flushes = Executors.newFixedThreadPool(FLUSH_THREADS, daemon("log-flush"));
    private final ExecutorService deletions = Executors.newSingleThreadExecutor(daemon("log-delete"));

    Housekeeping(
            StorageConfig config,
            LogContext context,
            Supplier<Collection<Partition>> partitions,
            MeterRegistry metrics) {
        this.config = config;
        this.context = context;
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
        every(rounds, config.flushSchedulerIntervalMs(), this::flushRound);
        every(rounds, config.retentionCheckIntervalMs(), this::retentionRound);
        if (config.cleanerEnabled()) {
            every(cleaner, config.cleanerBackoffMs(), this::compactionRound);
        }
    }

    void flushRound() {
        eachLog("flush", partition -> {
            partition.log().flusher().flushIfDue(config.flushIntervalBytes());
            // Also tries again where a flush that acknowledgements wait for has failed.
            partition.advance();
        });
        context.files().closeRetired();
    }

    void retentionRound() {
        eachLog("apply retention to", partition -> {
            Log log = partition.log();
            log.applyRetention(partition.highWatermark());
            log.expireProducers();
        });
    }

    void compactionRound() {
        eachLog("compact", partition -> {
            if (Compaction.isDue(partition.log(), context.time().millis())) {
                new Compaction(partition.log(), context, config.cleanerDedupeBufferBytes()).run();
            }
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
        for (ExecutorService executor : executors()) {
            executor.shutdown();
        }
        try {
            for (ExecutorService executor : executors()) {
                if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                    LOG.warn("Housekeeping has not finished within 5 s; closing the logs regardless");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<ExecutorService> executors() {
        return List.of(rounds, cleaner, flushes, deletions);
    }

    private void eachLog(String what, LogTask action) {
        for (Partition partition : partitions.get()) {
            try {
                action.run(partition);
            } catch (IOException | RuntimeException e) {
                failures.increment();
                LOG.error("Cannot {} {}: {}", what, partition.id().topicPartition(), e.getMessage());
            }
        }
    }

    private void every(ScheduledExecutorService executor, long periodMs, Runnable round) {
        executor.scheduleWithFixedDelay(
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
