package freshet.broker.log;

import static freshet.broker.log.TestRecords.all;
import static freshet.broker.log.TestRecords.batch;
import static freshet.broker.log.TestRecords.idempotent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.junit.jupiter.api.Test;

/** A log opened again after its process was killed, the power went, or its files were damaged. */
class RecoveryTest {
    private static final String LOG = "00000000000000000000.log";
    private static final String[] SMALL = {"segment.bytes", "1024", "index.interval.bytes", "64"};

    private final TestDisk disk = new TestDisk();

    private static void append(Log log, String... values) {
        log.append(batch(1000, values), AppendOrigin.CLIENT, 0);
    }

    @Test
    void aTornLastWriteIsCutAtWhateverByteItStopped() throws IOException {
        Log log = disk.open();
        append(log, "a", "b");
        log.flusher().checkpoint();
        append(log, "c");
        int whole = disk.read(LOG).length;
        append(log, "d", "e");
        byte[] bytes = disk.read(LOG);
        for (int length = whole; length < bytes.length; length++) {
            Files.write(disk.file(LOG), Arrays.copyOf(bytes, length));
            Log again = disk.open();
            assertThat(all(again)).containsExactly("0=a", "1=b", "2=c");
            assertThat(again.sizeInBytes()).isEqualTo(whole);
            assertThat(Files.size(disk.file(LOG))).isEqualTo(whole);
        }
    }

    @Test
    void aFlippedBitAfterTheCheckpointIsNeverServed() throws IOException {
        Log log = disk.open();
        append(log, "a", "b");
        log.flusher().checkpoint();
        append(log, "c");
        int from = disk.read(LOG).length;
        append(log, "d", "e");
        byte[] bytes = disk.read(LOG);
        for (int i = from; i < bytes.length; i++) {
            if (i >= from + 12 && i < from + 16) {
                continue; // The leader epoch is not covered by the checksum, so that brokers may set it.
            }
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = bytes.clone();
                damaged[i] ^= (byte) (1 << bit);
                Files.write(disk.file(LOG), damaged);
                assertThat(all(disk.open())).as("byte %d bit %d", i, bit).containsExactly("0=a", "1=b", "2=c");
            }
        }
    }

    @Test
    void whatFollowsDamageIsCutToo() throws IOException {
        Log log = disk.open(SMALL);
        for (int i = 0; i < 40; i++) {
            append(log, "value " + i);
        }
        int batchBytes = batch(1000, "value 10").sizeInBytes();
        byte[] bytes = disk.read(LOG);
        bytes[5 * batchBytes + 70] ^= 4;
        Files.write(disk.file(LOG), bytes);
        Log again = disk.open(SMALL);
        assertThat(again.logEndOffset()).isBetween(4L, 6L);
        assertThat(again.segmentCount()).isEqualTo(1);
        append(again, "next");
        assertThat(all(disk.open(SMALL)))
                .hasSize((int) again.logEndOffset())
                .last()
                .asString()
                .endsWith("=next");
    }

    @Test
    void aSegmentLostFromTheMiddleEndsTheLogThere() throws IOException {
        Log log = disk.open(SMALL);
        append(log, "first");
        log.flusher().checkpoint();
        for (int i = 0; i < 60; i++) {
            append(log, "value " + i);
        }
        List<Path> segments = logFiles();
        Files.write(segments.get(1), new byte[0]);
        Log again = disk.open(SMALL);
        assertThat(again.logEndOffset()).isEqualTo(baseOffset(segments.get(1)));
        append(again, "next");
        assertThat(all(again)).hasSize((int) again.logEndOffset());
    }

    private List<Path> logFiles() throws IOException {
        try (var files = Files.list(disk.directory())) {
            return files.filter(f -> f.toString().endsWith(".log")).sorted().toList();
        }
    }

    private static long baseOffset(Path file) {
        return SegmentFiles.baseOffset(file.getFileName().toString()).orElseThrow();
    }

    @Test
    void missingIndexesAreMadeAnew() throws IOException {
        filledAndClosed();
        byte[] index = disk.read("00000000000000000000.index");
        byte[] times = disk.read("00000000000000000000.timeindex");
        assertThat(index).isNotEmpty();
        Files.delete(disk.file("00000000000000000000.index"));
        Files.delete(disk.file("00000000000000000000.timeindex"));
        Log again = disk.open(SMALL);
        assertThat(all(again)).hasSize(100);
        again.reader().findTimestamp(1);
        assertThat(disk.read("00000000000000000000.index")).isEqualTo(index);
        assertThat(disk.read("00000000000000000000.timeindex")).isEqualTo(times);
    }

    @Test
    void damagedIndexesNeverGiveAWrongAnswer() throws IOException {
        filledAndClosed();
        List<String> expected = all(disk.open(SMALL));
        for (String name : List.of("00000000000000000000.index", "00000000000000000000.timeindex")) {
            byte[] intact = disk.read(name);
            for (int i = 0; i < intact.length; i++) {
                for (int mask : new int[] {1, 0x80, 0xff}) {
                    byte[] damaged = intact.clone();
                    damaged[i] ^= (byte) mask;
                    Files.write(disk.file(name), damaged);
                    Log again = disk.open(SMALL);
                    assertThat(TestRecords.from(again, 7)).isEqualTo(expected.subList(7, 100));
                    assertThat(again.reader().findTimestamp(1005).orElseThrow().offset())
                            .isEqualTo(5);
                    assertThat(again.reader().findMaxTimestamp().orElseThrow().offset())
                            .isEqualTo(99);
                }
            }
            Files.write(disk.file(name), intact);
        }
    }

    private void filledAndClosed() {
        Log log = disk.open(SMALL);
        for (int i = 0; i < 100; i++) {
            log.append(batch(1000 + i, "value " + i), AppendOrigin.CLIENT, 0);
        }
        log.close();
    }

    @Test
    void aDamagedCheckpointMeansThatEverythingIsReadAgain() throws IOException {
        Log log = disk.open(SMALL);
        for (int i = 0; i < 30; i++) {
            log.append(idempotent(42, 0, i, "value " + i), AppendOrigin.CLIENT, 3);
        }
        log.close();
        byte[] checkpoint = disk.read(Checkpoint.FILE);
        for (int i = 0; i < checkpoint.length; i++) {
            byte[] damaged = checkpoint.clone();
            damaged[i] ^= 16;
            Files.write(disk.file(Checkpoint.FILE), damaged);
            Log again = disk.open(SMALL);
            assertThat(again.logEndOffset()).isEqualTo(30);
            assertThat(again.endOfEpoch(3)).isEqualTo(new EpochEnd(3, 30));
            assertThatThrownBy(() -> again.append(idempotent(42, 0, 31, "gap"), AppendOrigin.CLIENT, 3))
                    .isInstanceOf(OutOfOrderSequenceException.class);
        }
    }

    @Test
    void aLogKilledWhileItsFirstFilesWereMadeStartsEmpty() throws IOException {
        Files.createDirectories(disk.directory());
        assertThat(disk.open().logEndOffset()).isZero();
        Files.createFile(disk.file(LOG));
        Files.createFile(disk.file("checkpoint.tmp"));
        Log log = disk.open();
        append(log, "a");
        assertThat(all(log)).containsExactly("0=a");
        assertThat(disk.file("checkpoint.tmp")).doesNotExist();
    }

    @Test
    void aPowerCutLosesNothingThatWasFlushed() throws IOException {
        for (int flushedAfter = 0; flushedAfter < 40; flushedAfter += 3) {
            TestDisk own = new TestDisk();
            Log log = own.open(SMALL);
            for (int i = 0; i < 40; i++) {
                append(log, "value " + i);
                if (i == flushedAfter) {
                    log.flusher().force();
                }
                if (i == flushedAfter / 2) {
                    log.flusher().checkpoint();
                }
            }
            own.faults.cutPower();
            Log again = own.open(SMALL);
            assertThat(again.logEndOffset()).isGreaterThan(flushedAfter);
            assertThat(all(again)).hasSize((int) again.logEndOffset()).startsWith("0=value 0");
        }
    }

    @Test
    void recoveringTwiceReadsNothingTwice() throws IOException {
        Log log = disk.open();
        append(log, "a");
        Log second = disk.open();
        second.flusher().flushIfDue(Long.MAX_VALUE);
        disk.faults.opened = 0;
        Log third = disk.open();
        assertThat(third.logEndOffset()).isEqualTo(1);
        assertThat(disk.faults.opened).isZero();
    }
}
