package freshet.broker.log;

import static freshet.broker.log.TestRecords.all;
import static freshet.broker.log.TestRecords.batch;
import static freshet.broker.log.TestRecords.idempotent;
import static freshet.broker.log.TestRecords.record;
import static freshet.broker.log.TestRecords.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.junit.jupiter.api.Test;

class LogTest {
    private final TestDisk disk = new TestDisk();

    private static AppendInfo append(Log log, org.apache.kafka.common.record.internal.MemoryRecords records) {
        return log.append(records, AppendOrigin.CLIENT, 5);
    }

    @Test
    void aLogThatNobodyWroteToHasNoFile() {
        Log log = disk.open();
        assertThat(log.logEndOffset()).isZero();
        assertThat(log.reader().read(0, 1000, true, Long.MAX_VALUE).sizeInBytes())
                .isZero();
        log.close();
        assertThat(disk.directory()).doesNotExist();
    }

    @Test
    void offsetsAreGivenInOrderAndTheLeaderEpochIsWritten() {
        Log log = disk.open();
        assertThat(append(log, batch(1, "a", "b"))).isEqualTo(new AppendInfo(0, 1, -1, 0, false));
        assertThat(append(log, batch(2, "c"))).isEqualTo(new AppendInfo(2, 2, -1, 0, false));
        assertThat(all(log)).containsExactly("0=a", "1=b", "2=c");
        assertThat(((FileSlice) log.reader().read(0, 1000, true, Long.MAX_VALUE))
                        .toMemory()
                        .batches())
                .allSatisfy(b -> assertThat(b.partitionLeaderEpoch()).isEqualTo(5));
        assertThat(log.endOfEpoch(5)).isEqualTo(new EpochEnd(5, 3));
    }

    @Test
    void readsBeginAtTheBatchThatHoldsTheOffset() {
        Log log = disk.open();
        append(log, batch(1, "a", "b"));
        append(log, batch(2, "c"));
        append(log, batch(2, "d"));
        assertThat(values(log.reader().read(1, 1000, true, Long.MAX_VALUE))).containsExactly("a", "b", "c", "d");
        assertThat(values(log.reader().read(3, 1000, true, Long.MAX_VALUE))).containsExactly("d");
        assertThat(values(log.reader().read(2, 1000, true, 3))).containsExactly("c");
        assertThat(log.reader().read(4, 1000, true, Long.MAX_VALUE).sizeInBytes())
                .isZero();
    }

    @Test
    void aFirstBatchThatIsTooLargeComesWholeOrNotAtAll() {
        Log log = disk.open();
        append(log, batch(1, "a"));
        int size = batch(1, "a").sizeInBytes();
        for (int round = 0; round < 2; round++) {
            assertThat(log.reader().read(0, 10, true, Long.MAX_VALUE).sizeInBytes())
                    .isEqualTo(size);
            assertThat(log.reader().read(0, 10, false, Long.MAX_VALUE).sizeInBytes())
                    .isZero();
            assertThat(log.reader().read(0, -1, false, Long.MAX_VALUE).sizeInBytes())
                    .isZero();
            append(log, batch(1, "b"));
        }
        assertThat(log.reader().read(0, size + 5, false, Long.MAX_VALUE).sizeInBytes())
                .isEqualTo(size + 5);
    }

    @Test
    void offsetsOutsideTheLogAreRefused() {
        Log log = disk.open();
        append(log, batch(1, "a"));
        assertThatThrownBy(() -> log.reader().read(2, 1000, true, Long.MAX_VALUE))
                .isInstanceOf(OffsetOutOfRangeException.class);
        assertThatThrownBy(() -> log.reader().read(-1, 1000, true, Long.MAX_VALUE))
                .isInstanceOf(OffsetOutOfRangeException.class)
                .hasMessage("Offset -1 of posts-3 is outside the log, which goes from 0 to 1");
    }

    @Test
    void aClosedLogOpensAgainWithoutReadingItsRecords() {
        Log log = disk.open("segment.bytes", "1024");
        for (int i = 0; i < 100; i++) {
            append(log, batch(i, "value " + i));
        }
        log.close();
        disk.faults.opened = 0;
        Log again = disk.open("segment.bytes", "1024");
        assertThat(disk.faults.opened).isZero();
        assertThat(again.logEndOffset()).isEqualTo(100);
        assertThat(all(again)).hasSize(100).startsWith("0=value 0").endsWith("99=value 99");
        assertThat(append(again, batch(100, "more")).firstOffset()).isEqualTo(100);
    }

    @Test
    void aKilledLogOpensAgainWithAllItsRecords() {
        Log log = disk.open("segment.bytes", "1024");
        for (int i = 0; i < 100; i++) {
            append(log, batch(i, "value " + i));
        }
        Log again = disk.open("segment.bytes", "1024");
        assertThat(all(again)).hasSize(100).endsWith("99=value 99");
        assertThat(again.endOfEpoch(5).endOffset()).isEqualTo(100);
    }

    @Test
    void afterACheckpointOnlyWhatFollowsIsReadAgain() throws Exception {
        Log log = disk.open();
        append(log, batch(1, "safe"));
        log.flusher().checkpoint();
        append(log, batch(2, "unsafe"));
        byte[] bytes = disk.read("00000000000000000000.log");
        bytes[65] ^= 1;
        Files.write(disk.file("00000000000000000000.log"), bytes);
        Log again = disk.open();
        assertThat(again.logEndOffset()).isEqualTo(2);
    }

    @Test
    void aFullDiskFailsTheAppendAndNothingElse() {
        Log log = disk.open();
        append(log, batch(1, "a"));
        disk.faults.spaceLeft = 30;
        assertThatThrownBy(() -> append(log, batch(2, "lost")))
                .isInstanceOf(KafkaStorageException.class)
                .hasMessageContaining("posts-3")
                .hasMessageContaining("No space left on device");
        assertThat(all(log)).containsExactly("0=a");
        disk.faults.spaceLeft = Long.MAX_VALUE;
        append(log, batch(3, "b"));
        assertThat(all(log)).containsExactly("0=a", "1=b");
        assertThat(all(disk.open())).containsExactly("0=a", "1=b");
    }

    @Test
    void aFullDiskAtARollOrAtTheFirstRecordIsSurvivedToo() {
        Log log = disk.open("segment.bytes", "1024");
        disk.faults.spaceLeft = 0;
        assertThatThrownBy(() -> append(log, batch(1, "lost"))).isInstanceOf(KafkaStorageException.class);
        disk.faults.spaceLeft = Long.MAX_VALUE;
        String large = "x".repeat(800);
        append(log, batch(1, large));
        disk.faults.spaceLeft = 0;
        assertThatThrownBy(() -> append(log, batch(1, large))).isInstanceOf(KafkaStorageException.class);
        disk.faults.spaceLeft = Long.MAX_VALUE;
        assertThat(append(log, batch(1, large)).firstOffset()).isEqualTo(1);
        assertThat(log.segmentCount()).isEqualTo(2);
        assertThat(all(disk.open())).hasSize(2);
    }

    @Test
    void aRetryIsAnsweredWithTheOffsetsOfTheFirstTime() {
        Log log = disk.open();
        append(log, batch(1, "x"));
        for (int i = 0; i < 6; i++) {
            append(log, idempotent(42, 0, 2 * i, "a", "b"));
        }
        assertThat(append(log, idempotent(42, 0, 4, "a", "b"))).isEqualTo(new AppendInfo(5, 6, -1, 0, true));
        assertThat(log.logEndOffset()).isEqualTo(13);
        // Older than the last five: too late to recognise.
        assertThatThrownBy(() -> append(log, idempotent(42, 0, 0, "a", "b")))
                .isInstanceOf(OutOfOrderSequenceException.class);
    }

    @Test
    void aGapInAProducersSequenceIsRefused() {
        Log log = disk.open();
        append(log, idempotent(42, 0, 0, "a"));
        assertThatThrownBy(() -> append(log, idempotent(42, 0, 2, "c")))
                .isInstanceOf(OutOfOrderSequenceException.class);
        assertThat(append(log, idempotent(42, 0, 1, "b")).lastOffset()).isEqualTo(1);
    }

    @Test
    void aNewerEpochStartsAtZeroAndFencesTheOlder() {
        Log log = disk.open();
        append(log, idempotent(42, 1, 0, "a"));
        assertThatThrownBy(() -> append(log, idempotent(42, 2, 7, "b")))
                .isInstanceOf(OutOfOrderSequenceException.class);
        append(log, idempotent(42, 2, 0, "b"));
        assertThatThrownBy(() -> append(log, idempotent(42, 1, 1, "c")))
                .isInstanceOf(InvalidProducerEpochException.class);
    }

    @Test
    void sequencesAreRememberedOverARestartAndAKill() {
        Log log = disk.open();
        append(log, idempotent(42, 0, 0, "a"));
        log.close();
        Log second = disk.open();
        assertThat(append(second, idempotent(42, 0, 0, "a")).duplicate()).isTrue();
        append(second, idempotent(42, 0, 1, "b"));
        Log third = disk.open();
        assertThat(append(third, idempotent(42, 0, 1, "b")).duplicate()).isTrue();
        assertThatThrownBy(() -> append(third, idempotent(42, 0, 3, "d")))
                .isInstanceOf(OutOfOrderSequenceException.class);
    }

    @Test
    void idleProducersAreForgotten() {
        Log log = disk.open();
        append(log, idempotent(42, 0, 0, "a"));
        disk.nowMs += 86_400_001;
        log.expireProducers();
        assertThat(append(log, idempotent(42, 0, 0, "a")).duplicate()).isFalse();
    }

    @Test
    void recordsAreFoundByTime() {
        Log log = disk.open("segment.bytes", "1024", "index.interval.bytes", "100");
        for (int i = 0; i < 60; i++) {
            // Not in order of time: 10 later, 5 earlier, and so on.
            append(log, batch(record(1000 + 10 * (i ^ 3), "v" + i), record(1000 + 10 * (i ^ 3) + 1, "w" + i)));
        }
        for (boolean killed : new boolean[] {false, true}) {
            Log l = killed ? disk.open("segment.bytes", "1024", "index.interval.bytes", "100") : log;
            assertThat(l.reader().findTimestamp(0)).contains(new TimestampOffset(1030, 0, 5));
            assertThat(l.reader().findTimestamp(1031)).contains(new TimestampOffset(1031, 1, 5));
            assertThat(l.reader().findTimestamp(1032)).contains(new TimestampOffset(1070, 8, 5));
            assertThat(l.reader().findTimestamp(1592)).isEmpty();
            assertThat(l.reader().findMaxTimestamp()).contains(new TimestampOffset(1591, 113, 5));
        }
    }

    @Test
    void retentionBySizeKeepsTheNewestSegments() {
        Log log = disk.open("segment.bytes", "1024", "retention.bytes", "2500");
        for (int i = 0; i < 100; i++) {
            append(log, batch(disk.nowMs, "value " + i));
        }
        int segments = log.segmentCount();
        int deleted = log.applyRetention(log.logEndOffset());
        assertThat(deleted).isPositive();
        assertThat(log.segmentCount()).isEqualTo(segments - deleted);
        assertThat(log.sizeInBytes()).isBetween(2500L, 3600L);
        assertThat(all(log)).first().isEqualTo(log.logStartOffset() + "=value " + log.logStartOffset());
        assertThat(disk.open().logStartOffset()).isEqualTo(log.logStartOffset());
    }

    @Test
    void retentionByTimeMayEmptyTheLogButNotForgetItsEnd() {
        Log log = disk.open("segment.bytes", "1024", "retention.ms", "1000");
        for (int i = 0; i < 30; i++) {
            append(log, batch(disk.nowMs, "value " + i));
        }
        assertThat(log.applyRetention(log.logEndOffset())).isZero();
        disk.nowMs += 1001;
        log.applyRetention(log.logEndOffset());
        assertThat(log.logStartOffset()).isEqualTo(30);
        assertThat(log.sizeInBytes()).isZero();
        Log again = disk.open("segment.bytes", "1024", "retention.ms", "1000");
        assertThat(again.logEndOffset()).isEqualTo(30);
        assertThat(append(again, batch(disk.nowMs, "next")).firstOffset()).isEqualTo(30);
    }

    @Test
    void retentionWithoutLimitKeepsRecordsOfLongAgo() {
        Log log = disk.open("segment.bytes", "1024", "retention.ms", "-1");
        for (int i = 0; i < 30; i++) {
            append(log, batch(1_446_336_000_000L, "of 2015, " + i));
        }
        assertThat(log.applyRetention(log.logEndOffset())).isZero();
    }

    @Test
    void deletedRecordsStayDeletedAfterAKill() {
        Log log = disk.open("segment.bytes", "1024");
        for (int i = 0; i < 50; i++) {
            append(log, batch(1, "value " + i));
        }
        log.deleteBefore(33);
        assertThat(all(log)).hasSize(17).first().isEqualTo("33=value 33");
        assertThatThrownBy(() -> log.reader().read(32, 100, true, Long.MAX_VALUE))
                .isInstanceOf(OffsetOutOfRangeException.class);
        assertThat(all(disk.open())).hasSize(17);
    }

    @Test
    void aTruncatedLogGoesOnWhereItWasCut() {
        Log log = disk.open("segment.bytes", "1024");
        for (int i = 0; i < 50; i++) {
            append(log, idempotent(42, 0, i, "value " + i));
        }
        log.truncateTo(20);
        assertThat(log.logEndOffset()).isEqualTo(20);
        assertThat(append(log, idempotent(42, 0, 20, "again")).firstOffset()).isEqualTo(20);
        assertThat(all(log)).hasSize(21).endsWith("20=again");
        assertThat(all(disk.open())).hasSize(21).endsWith("20=again");
    }

    @Test
    void filesAreOpenedAgainAfterTheyHadToBeClosed() {
        LogContext context = disk.context(2);
        Log log = disk.open(context, "segment.bytes", "1024");
        for (int i = 0; i < 100; i++) {
            append(log, batch(i, "value " + i));
        }
        assertThat(all(log)).hasSize(100);
        assertThat(context.files().count()).isLessThanOrEqualTo(4);
    }
}
