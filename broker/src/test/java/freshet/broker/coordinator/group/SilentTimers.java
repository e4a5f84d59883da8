package freshet.broker.coordinator.group;

import freshet.broker.coordinator.Decision;
import freshet.broker.coordinator.Loop;
import freshet.broker.coordinator.Timers;
import java.util.function.Consumer;

/** Timers that never fire. */
final class SilentTimers implements Timers<GroupRecord> {
    @Override
    public long wallClockMs() {
        return 0;
    }

    @Override
    public long elapsedMs() {
        return 0;
    }

    @Override
    public Loop.Timer schedule(long delayMs, Consumer<Decision<GroupRecord>> step) {
        return () -> {};
    }
}
