package freshet.broker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** A log against a list: whatever is done to it, and whenever its process or its machine stops, it holds what the list does. */
class LogModelTest {
    private static final String[] SETTINGS = {
        "segment.bytes", "1024", "index.interval.bytes", "100", "retention.bytes", "3000", "retention.ms", "-1"
    };

    enum Kind {
        APPEND,
        APPEND_MORE,
        RETRY,
        GAP,
        READ,
        TIME,
        DELETE_BEFORE,
        TRUNCATE,
        RETAIN,
        FORCE,
        CHECKPOINT,
        REOPEN,
        KILL,
        CUT_POWER,
        DROP_INDEXES,
        FULL_DISK
    }

    record Step(Kind kind, int n) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Kind> kinds = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of(Kind.APPEND, Kind.APPEND_MORE)), Tuple.of(4, Arbitraries.of(Kind.class)));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 10_000))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(80);
    }

    @Property(tries = 100)
    void aLogHoldsWhatTheListDoes(@ForAll("steps") List<Step> steps) throws IOException {
        Model model = new Model();
        for (Step step : steps) {
            model.take(step);
            model.check();
        }
        model.log.close();
        model.log = model.disk.open(SETTINGS);
        model.check();
    }

    private record Entry(long timestamp, String value) {}

    private record Sent(long producer, int sequence, int count, long offset) {}

    private static final class Model {
        private final TestDisk disk = new TestDisk();
        private Log log = disk.open(SETTINGS);
        private final List<Entry> entries = new ArrayList<>();
        private final List<Sent> sent = new ArrayList<>();
        private final Map<Long, Integer> nextSequence = new HashMap<>();
        private long start;
        private int counter;

        void take(Step step) throws IOException {
            int n = step.n();
            switch (step.kind()) {
                case APPEND -> append(n);
                case APPEND_MORE -> {
                    for (int i = 0; i < 6; i++) {
                        append(n + i);
                    }
                }
                case RETRY -> retry(n);
                case GAP -> gap(n);
                case READ -> read(n);
                case TIME -> findTime(n);
                case DELETE_BEFORE -> {
                    log.deleteBefore(start + n % (end() - start + 1));
                    start += n % (end() - start + 1);
                }
                case TRUNCATE -> {
                    long to = end() - Math.min(end() - start, n % 5);
                    log.truncateTo(to);
                    cutTo(log.logEndOffset());
                    assertThat(log.logEndOffset()).isLessThanOrEqualTo(to).isGreaterThan(to - 5);
                }
                case RETAIN -> {
                    long bytes = log.sizeInBytes();
                    log.applyRetention(end());
                    assertThat(log.sizeInBytes()).isGreaterThanOrEqualTo(Math.min(bytes, 3000));
                    assertThat(log.logStartOffset()).isGreaterThanOrEqualTo(start);
                    start = log.logStartOffset();
                }
                case FORCE -> log.flusher().force();
                case CHECKPOINT -> log.flusher().checkpoint();
                case REOPEN -> {
                    log.close();
                    log = disk.open(SETTINGS);
                }
                case KILL -> log = disk.open(SETTINGS);
                case CUT_POWER -> {
                    long flushed = log.flusher().flushedOffset();
                    disk.faults.cutPower();
                    log = disk.open(SETTINGS);
                    assertThat(log.logEndOffset()).isBetween(Math.min(flushed, end()), end());
                    cutTo(log.logEndOffset());
                }
                case DROP_INDEXES -> {
                    dropIndexes();
                    log = disk.open(SETTINGS);
                }
                case FULL_DISK -> {
                    disk.faults.spaceLeft = n % 50;
                    assertThatThrownBy(() -> log.append(batch(9, n, 3, "lost"), AppendOrigin.CLIENT, 0))
                            .isInstanceOf(KafkaStorageException.class);
                    disk.faults.spaceLeft = Long.MAX_VALUE;
                }
            }
        }

        void check() {
            assertThat(log.logStartOffset()).isEqualTo(start);
            assertThat(log.logEndOffset()).isEqualTo(end());
            List<String> expected = new ArrayList<>();
            for (long offset = start; offset < end(); offset++) {
                expected.add(offset + "=" + entries.get((int) offset).value());
            }
            assertThat(TestRecords.all(log)).isEqualTo(expected);
        }

        private long end() {
            return entries.size();
        }

        private MemoryRecords batch(long producer, int sequence, int count, String value) {
            SimpleRecord[] records = new SimpleRecord[count];
            for (int i = 0; i < count; i++) {
                records[i] = TestRecords.record(timestamp(sequence, i), value + "." + i);
            }
            return MemoryRecords.withIdempotentRecords(Compression.NONE, producer, (short) 0, sequence, records);
        }

        private static long timestamp(int sequence, int i) {
            return 1000 + (sequence * 37L + i * 11L) % 500;
        }

        private void append(int n) {
            long producer = n % 3;
            int count = 1 + n % 4;
            int sequence = nextSequence.getOrDefault(producer, 0);
            String value = "v" + counter++;
            AppendInfo info = log.append(batch(producer, sequence, count, value), AppendOrigin.CLIENT, 0);
            assertThat(info.firstOffset()).isEqualTo(end());
            for (int i = 0; i < count; i++) {
                entries.add(new Entry(timestamp(sequence, i), value + "." + i));
            }
            sent.add(new Sent(producer, sequence, count, info.firstOffset()));
            nextSequence.put(producer, sequence + count);
        }

        /** The producer's last batch, while the log still holds it. */
        private Optional<Sent> last(long producer) {
            return sent.stream()
                    .filter(s -> s.producer() == producer)
                    .reduce((a, b) -> b)
                    .filter(s -> s.offset() >= start);
        }

        private void retry(int n) {
            last(n % 3).ifPresent(s -> {
                AppendInfo info =
                        log.append(batch(s.producer(), s.sequence(), s.count(), "again"), AppendOrigin.CLIENT, 0);
                assertThat(info.duplicate()).isTrue();
                assertThat(info.firstOffset()).isEqualTo(s.offset());
                assertThat(info.lastOffset()).isEqualTo(s.offset() + s.count() - 1);
            });
        }

        private void gap(int n) {
            last(n % 3)
                    .ifPresent(s -> assertThatThrownBy(() -> log.append(
                                    batch(s.producer(), s.sequence() + s.count() + 1, 1, "gap"),
                                    AppendOrigin.CLIENT,
                                    0))
                            .isInstanceOf(OutOfOrderSequenceException.class));
        }

        private void read(int n) {
            // The read may end within a batch; the whole ones before are looked at.
            long offset = start + n % (end() - start + 1);
            long limit = sent.stream()
                    .mapToLong(Sent::offset)
                    .filter(o -> o > offset + n % 7)
                    .min()
                    .orElse(end());
            int maxBytes = 80 + n % 500;
            List<Long> offsets = new ArrayList<>();
            TestRecords.records(log.reader().read(offset, maxBytes, true, limit))
                    .forEach(r -> offsets.add(r.offset()));
            if (offset == end()) {
                assertThat(offsets).isEmpty();
            } else {
                assertThat(offsets).contains(offset);
                assertThat(offsets.get(0)).isGreaterThan(offset - 4);
            }
        }

        private void findTime(int n) {
            long timestamp = 990 + n % 520;
            Optional<Long> expected = Optional.empty();
            for (long offset = start; offset < end() && expected.isEmpty(); offset++) {
                if (entries.get((int) offset).timestamp() >= timestamp) {
                    expected = Optional.of(offset);
                }
            }
            assertThat(log.reader().findTimestamp(timestamp).map(TimestampOffset::offset))
                    .isEqualTo(expected);
        }

        private void cutTo(long end) {
            entries.subList((int) end, entries.size()).clear();
            start = Math.min(start, end);
            sent.removeIf(s -> s.offset() >= end);
            nextSequence.clear();
            sent.forEach(s -> nextSequence.put(s.producer(), s.sequence() + s.count()));
        }

        private void dropIndexes() throws IOException {
            if (Files.exists(disk.directory())) {
                try (var files = Files.list(disk.directory())) {
                    for (Path file :
                            files.filter(f -> f.toString().endsWith("index")).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }
}
