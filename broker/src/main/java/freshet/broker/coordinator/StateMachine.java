package freshet.broker.coordinator;

import org.apache.kafka.common.protocol.Errors;

/**
 * The state that one partition of a coordinator's topic stands for. Confined to its runtime's loop, except that the
 * loader replays the log before anything else may touch the machine.
 *
 * @param <R> the machine's records
 */
public interface StateMachine<R> {
    /** Applies a record that is in the log: the only way in which durable state changes. */
    void replay(R record);

    /** The whole log has been replayed: timers may start. */
    void loaded();

    /** The partition has moved or the broker stops: whoever still waits for an answer gets {@code error}. */
    void unloaded(Errors error);
}
