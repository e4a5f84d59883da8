package freshet.ingest.source.twitter4j;

import freshet.ingest.source.WallTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was to be slept, and doesn't. */
final class SleeplessTime implements WallTime {

    final List<Long> sleptMillis = new CopyOnWriteArrayList<>();

    @Override
    public long millis() {
        return 0;
    }

    @Override
    public long nanos() {
        return 0;
    }

    @Override
    public void sleep(long nanos) {
        sleptMillis.add(nanos / 1_000_000);
    }
}
