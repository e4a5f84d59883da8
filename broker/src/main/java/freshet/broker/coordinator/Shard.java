package freshet.broker.coordinator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.protocol.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One machine with its log: takes steps, appends what they decide, replays it, and lets answers go in the order of
 * their steps once all before them is committed.
 */
final class Shard<M extends StateMachine<R>, R> implements Timers<R> {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

    enum Status {
        LOADING,
        ACTIVE,
        FAILED,
        CLOSED
    }

    private final String name;
    private final Loop loop;
    private final PartitionLog<R> log;
    private final M machine;

    /** Read by any thread to refuse early; written by the loader once and by the loop. */
    private volatile Status status = Status.LOADING;

    // Below: the loop's alone.
    private final Deque<Uncommitted<R>> uncommitted = new ArrayDeque<>();
    private long endOffset;

    private record Uncommitted<R>(long offset, Decision<R> decision) {}

    Shard(String name, Loop loop, PartitionLog<R> log, Function<Timers<R>, M> machines) {
        this.name = name;
        this.loop = loop;
        this.log = log;
        this.machine = machines.apply(this);
    }

    Status status() {
        return status;
    }

    /** Replays the log on the calling thread, then hands the machine to the loop. */
    void load() {
        if (status == Status.CLOSED) {
            return;
        }
        try {
            long started = loop.elapsedMs();
            long[] count = {0};
            log.replay(record -> {
                if (status == Status.CLOSED) {
                    throw new CancellationException();
                }
                machine.replay(record);
                count[0]++;
            });
            long end = log.endOffset();
            loop.execute(() -> {
                if (status == Status.LOADING) {
                    endOffset = end;
                    status = Status.ACTIVE;
                    machine.loaded();
                }
            });
            if (count[0] > 0) {
                LOG.info("Loaded {}: {} records in {} ms.", name, count[0], loop.elapsedMs() - started);
            }
        } catch (CancellationException | RejectedExecutionException e) {
            LOG.debug("{} was closed while it was loaded.", name);
        } catch (RuntimeException e) {
            status = Status.FAILED;
            LOG.error("Cannot load {}: its groups stay unavailable until this broker restarts.", name, e);
        }
    }

    /** Takes one step, on the loop. {@code orElse} hears why it could not be taken at all. */
    void step(BiConsumer<M, Decision<R>> step, Consumer<Errors> orElse) {
        if (status != Status.ACTIVE) {
            orElse.accept(refusal(status));
            return;
        }
        Decision<R> decision = new Decision<>();
        try {
            step.accept(machine, decision);
        } catch (RuntimeException e) {
            LOG.error("A step of {} failed; nothing of it is written.", name, e);
            decision.fail(Errors.UNKNOWN_SERVER_ERROR);
            orElse.accept(Errors.UNKNOWN_SERVER_ERROR);
            return;
        }
        if (!decision.records().isEmpty()) {
            try {
                endOffset = log.append(decision.records());
            } catch (ApiException e) {
                LOG.warn("Cannot append to {}: {}", name, e.getMessage());
                decision.fail(appendError(e));
                return;
            } catch (RuntimeException e) {
                LOG.error("Cannot append to {}.", name, e);
                decision.fail(Errors.UNKNOWN_SERVER_ERROR);
                return;
            }
            decision.records().forEach(machine::replay);
        }
        decision.settle();
        if (uncommitted.isEmpty() && log.highWatermark() >= endOffset) {
            decision.complete();
        } else {
            uncommitted.add(new Uncommitted<>(endOffset, decision));
            log.whenCommitted(endOffset, this::releaseSoon);
        }
    }

    private void releaseSoon() {
        try {
            loop.execute(this::release);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} was closed before all was committed.", name);
        }
    }

    private void release() {
        long highWatermark = log.highWatermark();
        while (!uncommitted.isEmpty() && uncommitted.peek().offset <= highWatermark) {
            uncommitted.poll().decision.complete();
        }
    }

    /** Stops for good, on the loop: whoever waits is told to look for the coordinator elsewhere. */
    void close() {
        boolean wasActive = status == Status.ACTIVE;
        status = Status.CLOSED;
        uncommitted.forEach(waiting -> waiting.decision.fail(Errors.NOT_COORDINATOR));
        uncommitted.clear();
        if (wasActive) {
            machine.unloaded(Errors.NOT_COORDINATOR);
        }
    }

    static Errors refusal(Status status) {
        return switch (status) {
            case LOADING -> Errors.COORDINATOR_LOAD_IN_PROGRESS;
            case FAILED -> Errors.COORDINATOR_NOT_AVAILABLE;
            case ACTIVE, CLOSED -> Errors.NOT_COORDINATOR;
        };
    }

    /** Too large will not get better by asking again; all else may (a full disk gets space). */
    private static Errors appendError(ApiException e) {
        boolean tooLarge = e instanceof RecordTooLargeException || e instanceof RecordBatchTooLargeException;
        return tooLarge ? Errors.RECORD_LIST_TOO_LARGE : Errors.COORDINATOR_NOT_AVAILABLE;
    }

    @Override
    public long wallClockMs() {
        return loop.wallClockMs();
    }

    @Override
    public long elapsedMs() {
        return loop.elapsedMs();
    }

    @Override
    public Loop.Timer schedule(long delayMs, Consumer<Decision<R>> step) {
        return loop.schedule(delayMs, () -> {
            if (status == Status.ACTIVE) {
                step((ignored, decision) -> step.accept(decision), error -> {});
            }
        });
    }
}
