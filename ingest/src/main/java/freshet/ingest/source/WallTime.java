package freshet.ingest.source;

/** The clock on the wall, and waiting by it; handed in so that a test owns both. */
public interface WallTime {

    WallTime SYSTEM = new WallTime() {
        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) throws InterruptedException {
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        }
    };

    /** Milliseconds since the epoch. */
    long millis();

    /** Nanoseconds since some moment; never goes back. */
    long nanos();

    /** Waits; ends early only by interruption. */
    void sleep(long nanos) throws InterruptedException;
}
