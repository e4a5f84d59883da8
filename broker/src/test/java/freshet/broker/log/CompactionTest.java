package freshet.broker.log;

import static freshet.broker.log.TestRecords.all;
import static freshet.broker.log.TestRecords.batch;
import static freshet.broker.log.TestRecords.keyed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

class CompactionTest {
    private static final String[] COMPACTED = {
        "cleanup.policy",
        "compact",
        "segment.bytes",
        "1024",
        "delete.retention.ms",
        "1000",
        "index.interval.bytes",
        "64"
    };

    private final TestDisk disk = new TestDisk();

    private static void append(Log log, SimpleRecord... records) {
        log.append(batch(records), AppendOrigin.CLIENT, 0);
    }

    private long compact(Log log) throws IOException {
        return new Compaction(log, disk.context(), 1 << 20).run();
    }

    @Property(tries = 30)
    void theLastRecordOfEachKeyStaysAtItsOffset(@ForAll long seed) throws IOException {
        TestDisk own = new TestDisk();
        Random random = new Random(seed);
        Log log = own.open(COMPACTED);
        Map<String, String> last = new HashMap<>();
        for (int pass = 0; pass < 3; pass++) {
            for (int i = 0; i < 60; i++) {
                SimpleRecord[] records = new SimpleRecord[1 + random.nextInt(4)];
                for (int r = 0; r < records.length; r++) {
                    String key = "k" + random.nextInt(20);
                    String value = "v" + pass + "." + i + "." + r;
                    records[r] = keyed(own.nowMs, key, value);
                    last.put(key, value);
                }
                append(log, records);
            }
            int segments = log.segmentCount();
            long bytes = log.sizeInBytes();
            long end = log.logEndOffset();
            new Compaction(log, own.context(), 1 << 20).run();
            assertThat(log.segmentCount()).isLessThanOrEqualTo(segments);
            assertThat(log.sizeInBytes()).isLessThan(bytes);
            assertThat(log.logEndOffset()).isEqualTo(end);
            assertThat(replayed(log)).isEqualTo(last);
            if (random.nextBoolean()) {
                log = own.open(COMPACTED);
                assertThat(log.logEndOffset()).isEqualTo(end);
            }
        }
        // What stays stands where it stood: reading at any offset gives the next one that is left.
        for (Record record : TestRecords.readAll(log, 0)) {
            assertThat(TestRecords.records(log.reader().read(record.offset(), 1 << 20, true, Long.MAX_VALUE)))
                    .anyMatch(r -> r.offset() == record.offset());
        }
    }

    static Map<String, String> replayed(Log log) {
        Map<String, String> state = new HashMap<>();
        TestRecords.readAll(log, log.logStartOffset()).forEach(r -> state.put(text(r.key()), text(r.value())));
        return state;
    }

    private static String text(java.nio.ByteBuffer bytes) {
        return java.nio.charset.StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private Log withTombstone() {
        Log log = disk.open(COMPACTED);
        append(log, keyed(disk.nowMs, "a", "1"));
        append(log, keyed(disk.nowMs, "b", "1"));
        append(log, keyed(disk.nowMs, "a", null));
        fillSegment(log);
        return log;
    }

    private void fillSegment(Log log) {
        append(log, keyed(disk.nowMs, "filler", "x".repeat(900)));
        append(log, keyed(disk.nowMs, "filler", "y".repeat(900)));
    }

    @Test
    void aTombstoneStaysForItsTimeAndThenGoes() throws IOException {
        Log log = withTombstone();
        compact(log);
        assertThat(all(log)).startsWith("1=1", "2=null");
        fillSegment(log);
        disk.nowMs += 999;
        compact(log);
        assertThat(all(log)).startsWith("1=1", "2=null");
        fillSegment(log);
        disk.nowMs += 2;
        compact(log);
        assertThat(all(log)).startsWith("1=1").doesNotContain("2=null");
    }

    @Test
    void theActiveSegmentIsLeftAlone() throws IOException {
        Log log = disk.open(COMPACTED);
        append(log, keyed(1, "a", "1"));
        append(log, keyed(1, "a", "2"));
        compact(log);
        assertThat(all(log)).containsExactly("0=1", "1=2");
        assertThat(Compaction.isDue(log, disk.nowMs)).isFalse();
    }

    @Test
    void youngSegmentsAreLeftAlone() throws IOException {
        disk.open(COMPACTED).close();
        Log log = disk.open("cleanup.policy", "compact", "segment.bytes", "1024", "min.compaction.lag.ms", "1000");
        append(log, keyed(disk.nowMs, "a", "1"));
        append(log, keyed(disk.nowMs, "a", "2"));
        fillSegment(log);
        assertThat(Compaction.isDue(log, disk.nowMs)).isFalse();
        assertThat(Compaction.isDue(log, disk.nowMs + 1001)).isTrue();
    }

    @Test
    void aPassIsDueAgainOnlyWhenEnoughIsNew() throws IOException {
        Log log = withTombstone();
        assertThat(Compaction.isDue(log, disk.nowMs)).isTrue();
        compact(log);
        assertThat(Compaction.isDue(log, disk.nowMs)).isFalse();
        assertThat(Compaction.isDue(disk.open(COMPACTED), disk.nowMs)).isFalse();
    }

    @Test
    void moreKeysThanFitAreLeftToTheNextPass() throws IOException {
        Log log = disk.open(COMPACTED);
        for (int i = 0; i < 200; i++) {
            append(log, keyed(disk.nowMs, "k" + i % 100, "v" + i));
        }
        fillSegment(log);
        for (int pass = 0; pass < 10; pass++) {
            new Compaction(log, disk.context(), 24 * 80).run();
        }
        assertThat(log.cleanedOffset()).isGreaterThanOrEqualTo(200);
        assertThat(replayed(log)).containsEntry("k0", "v100").containsEntry("k99", "v199");
    }

    @Test
    void damageIsNotCopied() throws IOException {
        Log log = withTombstone();
        log.flusher().checkpoint();
        Path file = disk.file("00000000000000000000.log");
        byte[] bytes = Files.readAllBytes(file);
        bytes[66] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> compact(log))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("00000000000000000000.log is damaged at byte 0");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void aReplacementInterruptedByAKillIsFinishedAtTheNextStart() throws IOException {
        Log log = withTombstone();
        fillSegment(log);
        log.close();
        List<String> before = all(disk.open(COMPACTED));
        // The compacted file has its deciding name, one of the two old segments is gone already.
        List<Path> logs = logFiles();
        Path first = logs.get(0);
        Path second = logs.get(1);
        Files.write(
                disk.file(SegmentFiles.swap(0, baseOffset(logs.get(2)))),
                Bytes.concat(Files.readAllBytes(first), Files.readAllBytes(second)));
        Files.delete(first);
        assertThat(all(disk.open(COMPACTED))).isEqualTo(before);
        assertThat(second).doesNotExist();
    }

    @Test
    void manySmallSegmentsBecomeOne() throws IOException {
        Log log = disk.open(COMPACTED);
        for (int i = 0; i < 100; i++) {
            append(log, keyed(disk.nowMs, "k" + i % 2, "v" + i));
        }
        int before = log.segmentCount();
        compact(log);
        fillSegment(log);
        compact(log);
        assertThat(before).isGreaterThan(5);
        assertThat(log.segmentCount()).isLessThanOrEqualTo(4);
        assertThat(replayed(log)).containsEntry("k0", "v98").containsEntry("k1", "v99");
    }

    private List<Path> logFiles() throws IOException {
        try (var files = Files.list(disk.directory())) {
            return files.filter(f -> f.toString().endsWith(".log")).sorted().toList();
        }
    }

    private static long baseOffset(Path file) {
        return SegmentFiles.baseOffset(file.getFileName().toString()).orElseThrow();
    }
}
