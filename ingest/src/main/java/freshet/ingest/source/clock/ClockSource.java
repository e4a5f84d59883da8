package freshet.ingest.source.clock;

import freshet.ingest.source.Lines;
import freshet.ingest.source.Source;
import freshet.ingest.source.WallTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * {@code clock:}, a canonical time line {@code {"time":"…"}} at every full second. The pipeline writes a time line into
 * every partition, so producers that are not Freshet's need not mark time.
 */
public final class ClockSource implements Source {

    private final WallTime clock;

    public ClockSource(WallTime clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "clock:";
    }

    @Override
    public Kind kind() {
        return Kind.FRESH;
    }

    @Override
    public Lines open(long after) {
        return new Ticks(clock);
    }

    private static final class Ticks implements Lines {
        private final WallTime clock;
        private byte[] line = new byte[0];
        private long second;

        Ticks(WallTime clock) {
            this.clock = clock;
        }

        @Override
        public boolean next() throws InterruptedException {
            long now = clock.millis();
            while (now / 1000 <= second) {
                clock.sleep(((second + 1) * 1000 - now) * 1_000_000);
                now = clock.millis();
            }
            second = now / 1000;
            String time = Instant.ofEpochSecond(second).toString();
            line = ("{\"time\":\"" + time + "\"}").getBytes(StandardCharsets.UTF_8);
            return true;
        }

        @Override
        public byte[] bytes() {
            return line;
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int length() {
            return line.length;
        }

        @Override
        public long fullLength() {
            return line.length;
        }

        @Override
        public String fault() {
            return null;
        }

        @Override
        public long ordinal() {
            return second;
        }

        @Override
        public String origin() {
            return "clock";
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        public long bytesTotal() {
            return -1;
        }

        @Override
        public void close() {}
    }
}
