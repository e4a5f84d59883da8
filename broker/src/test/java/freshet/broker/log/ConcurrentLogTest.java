package freshet.broker.log;

import static freshet.broker.log.TestRecords.batch;
import static freshet.broker.log.TestRecords.keyed;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.record.internal.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several threads at one log, on a real disk, with so few open files that they are closed under everybody's hands. */
class ConcurrentLogTest {
    private static final int WRITERS = 3;
    private static final int APPENDS = 400;

    @TempDir
    Path directory;

    private OpenFiles files = new OpenFiles(FileOpener.DEFAULT, Clock.systemUTC(), 8, 60_000);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Log open(String... settings) throws Exception {
        return Log.open(
                directory.resolve("posts-3"),
                TestDisk.ID,
                TestDisk.config(settings),
                new LogContext(files, Clock.systemUTC(), 86_400_000));
    }

    private List<Future<?>> startWriters(Log log) {
        List<Future<?>> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            int writer = w;
            writers.add(threads.submit(() -> {
                for (int i = 0; i < APPENDS; i++) {
                    String key = "k" + writer + "." + i % 10;
                    log.append(
                            batch(keyed(1000 + i, key, "v" + i), keyed(1000 + i, key, "w" + i)),
                            AppendOrigin.CLIENT,
                            0);
                }
            }));
        }
        return writers;
    }

    private static void join(List<Future<?>> tasks) throws Exception {
        for (Future<?> task : tasks) {
            task.get();
        }
    }

    @Test
    void readersSeeEveryRecordOnceAndInOrderWhileOthersWriteAndFlush() throws Exception {
        Log log = open("segment.bytes", "2048", "index.interval.bytes", "100");
        List<Future<?>> tasks = startWriters(log);
        AtomicBoolean written = new AtomicBoolean();
        for (int r = 0; r < 2; r++) {
            tasks.add(threads.submit(() -> {
                long next = 0;
                while (next < 2L * WRITERS * APPENDS) {
                    for (Record record : TestRecords.readAll(log, next)) {
                        assertThat(record.offset()).isEqualTo(next++);
                    }
                }
            }));
        }
        Future<?> flusher = threads.submit(() -> {
            while (!written.get()) {
                log.flusher().checkpoint();
                log.reader().findTimestamp(1100);
            }
        });
        join(tasks);
        written.set(true);
        flusher.get();
        assertThat(files.count()).isLessThanOrEqualTo(16);
        threads.shutdown();
    }

    @Test
    void readersAreNotDisturbedByCompaction() throws Exception {
        // Each pass lets go of all closed segments; what is read from them must stay open meanwhile.
        files = new OpenFiles(FileOpener.DEFAULT, Clock.systemUTC(), 1000, 60_000);
        Log log = open("segment.bytes", "2048", "index.interval.bytes", "100", "cleanup.policy", "compact");
        List<Future<?>> writers = startWriters(log);
        AtomicBoolean written = new AtomicBoolean();
        List<Future<?>> others = new ArrayList<>();
        others.add(threads.submit(() -> {
            while (!written.get()) {
                new Compaction(log, new LogContext(files, Clock.systemUTC(), 1), 1 << 20).run();
            }
            return null;
        }));
        for (int r = 0; r < 2; r++) {
            others.add(threads.submit(() -> {
                while (!written.get()) {
                    long last = -1;
                    for (Record record : TestRecords.readAll(log, 0)) {
                        assertThat(record.offset()).isGreaterThan(last);
                        last = record.offset();
                    }
                }
            }));
        }
        join(writers);
        written.set(true);
        join(others);
        Map<String, String> state = CompactionTest.replayed(log);
        assertThat(state).hasSize(10 * WRITERS).containsEntry("k0.9", "w399").containsEntry("k2.0", "w390");
        threads.shutdown();
    }
}
