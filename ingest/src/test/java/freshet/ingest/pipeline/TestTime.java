package freshet.ingest.pipeline;

import freshet.ingest.source.WallTime;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes only when it is told to, or slept by. */
final class TestTime implements WallTime {

    private final AtomicLong nanos = new AtomicLong();
    private final long startMillis;
    long slept;

    TestTime(long startMillis) {
        this.startMillis = startMillis;
    }

    void pass(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }

    @Override
    public long millis() {
        return startMillis + nanos.get() / 1_000_000;
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(long duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        slept += duration;
        nanos.addAndGet(duration);
    }
}
