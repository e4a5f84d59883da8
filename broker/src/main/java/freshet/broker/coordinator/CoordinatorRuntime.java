package freshet.broker.coordinator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.protocol.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machines of those partitions of a coordinator's topic that this broker leads. May be called from any thread.
 *
 * @param <M> the machine
 * @param <R> its records
 */
public final class CoordinatorRuntime<M extends StateMachine<R>, R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorRuntime.class);

    private final String topic;
    private final Loop loop;
    private final Executor loader;
    private final Function<Timers<R>, M> machines;
    private final Map<Integer, Shard<M, R>> shards = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** {@code loader} replays logs, which reads from disk: never the loop itself. */
    public CoordinatorRuntime(String topic, Loop loop, Executor loader, Function<Timers<R>, M> machines) {
        this.topic = topic;
        this.loop = loop;
        this.loader = loader;
        this.machines = machines;
    }

    /** This broker leads the partition from now on, or in a new epoch; it answers once its log is replayed. */
    public void lead(int partition, PartitionLog<R> log) {
        Shard<M, R> shard = new Shard<>(topic + "-" + partition, loop, log, machines);
        Shard<M, R> before = shards.put(partition, shard);
        // By way of the loop: what a machine before this one still decides must be in the log when it is read.
        onLoop(() -> {
            if (before != null) {
                before.close();
            }
            loader.execute(shard::load);
        });
    }

    /** This broker no longer leads the partition. */
    public void resign(int partition) {
        Shard<M, R> shard = shards.remove(partition);
        if (shard != null) {
            onLoop(shard::close);
        }
    }

    /** News of the cluster may still come in while the broker stops. */
    private void onLoop(Runnable step) {
        try {
            loop.execute(step);
        } catch (RejectedExecutionException e) {
            LOG.debug("{} was led or left after the end.", topic);
        }
    }

    /** Takes a step of one machine; {@code reply} hears of it when there is no such machine here, or not yet. */
    public <T> void step(int partition, Reply<T> reply, BiConsumer<M, Decision<R>> step) {
        Shard<M, R> shard = shards.get(partition);
        if (shard == null || closed) {
            reply.fail(Errors.NOT_COORDINATOR);
        } else if (shard.status() != Shard.Status.ACTIVE) {
            reply.fail(Shard.refusal(shard.status()));
        } else {
            try {
                loop.execute(() -> shard.step(step, reply::fail));
            } catch (RejectedExecutionException e) {
                reply.fail(Errors.NOT_COORDINATOR);
            }
        }
    }

    /** The partitions that are led here, loaded or not. */
    public List<Integer> partitions() {
        return shards.keySet().stream().sorted().toList();
    }

    /** True when no log is still being replayed. */
    public boolean loaded() {
        return shards.values().stream().noneMatch(shard -> shard.status() == Shard.Status.LOADING);
    }

    /** Answers all who wait with NOT_COORDINATOR. The loop and the loader are the caller's to stop, afterwards. */
    @Override
    public void close() {
        closed = true;
        partitions().forEach(this::resign);
    }
}
