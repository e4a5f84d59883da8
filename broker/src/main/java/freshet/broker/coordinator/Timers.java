package freshet.broker.coordinator;

import java.util.function.Consumer;

/** A machine's view of time: its timers decide like requests do. Silent once the machine is unloaded. */
public interface Timers<R> {
    /** Wall-clock time, in milliseconds since 1970. */
    long wallClockMs();

    /** Milliseconds that only ever go forward. */
    long elapsedMs();

    /** Takes a step of this machine after {@code delayMs}. */
    Loop.Timer schedule(long delayMs, Consumer<Decision<R>> step);
}
