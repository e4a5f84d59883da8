package freshet.broker.log;

import static freshet.broker.log.TestDisk.config;
import static freshet.broker.log.TestRecords.batch;
import static freshet.broker.log.TestRecords.keyed;
import static freshet.broker.log.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordValidatorTest {
    private final TestDisk disk = new TestDisk();
    private final RecordValidator validator = new RecordValidator("posts-3", disk.time());

    private RecordValidator.Valid validate(MemoryRecords records, String... settings) {
        return validator.validate(records, AppendOrigin.CLIENT, config(settings));
    }

    @ParameterizedTest
    @EnumSource
    void everyCodecIsReadThroughAndKept(CompressionType codec) {
        MemoryRecords records =
                MemoryRecords.withRecords(Compression.of(codec).build(), record(1, "a"), record(2, "b".repeat(10_000)));
        RecordValidator.Valid valid = validate(records);
        assertThat(valid.batches()).singleElement().satisfies(b -> {
            assertThat(b.compressionType()).isEqualTo(codec);
            assertThat(b.maxTimestamp()).isEqualTo(2);
        });
        assertThat(valid.bytes()).isEqualTo(records.buffer());
    }

    @ParameterizedTest
    @EnumSource
    void aTopicMayHaveACodecOfItsOwn(CompressionType codec) {
        MemoryRecords records = MemoryRecords.withIdempotentRecords(
                Compression.gzip().build(), 42, (short) 1, 7, record(1, "a"), record(2, "b"));
        String name = codec == CompressionType.NONE ? "uncompressed" : codec.name;
        RecordValidator.Valid valid = validate(records, "compression.type", name);
        assertThat(valid.batches()).singleElement().satisfies(b -> {
            assertThat(b.compressionType()).isEqualTo(codec);
            assertThat(b.producerId()).isEqualTo(42);
            assertThat(b.baseSequence()).isEqualTo(7);
            assertThat(b.isValid()).isTrue();
        });
        assertThat(TestRecords.values(MemoryRecords.readableRecords(valid.bytes())))
                .containsExactly("a", "b");
    }

    /** Whatever bytes arrive, the answer is one of the protocol's errors or a batch that can be read. */
    @Property(tries = 1000)
    void noDamageGetsThrough(
            @ForAll @IntRange(max = 4) int codec,
            @ForAll @IntRange(max = 200) int position,
            @ForAll @IntRange(min = 1, max = 255) int mask,
            @ForAll boolean withMatchingChecksum) {
        ByteBuffer bytes = MemoryRecords.withRecords(
                        Compression.of(CompressionType.forId(codec)).build(),
                        record(1, "some value"),
                        record(2, "another"),
                        record(3, "a third one"))
                .buffer();
        int at = position % bytes.limit();
        bytes.put(at, (byte) (bytes.get(at) ^ mask));
        if (withMatchingChecksum && bytes.limit() > 21) {
            CRC32C crc = new CRC32C();
            crc.update(bytes.duplicate().position(21));
            bytes.putInt(17, (int) crc.getValue());
        }
        RecordValidator.Valid valid;
        try {
            valid = validate(MemoryRecords.readableRecords(bytes));
        } catch (ApiException refused) {
            return;
        }
        for (MutableRecordBatch batch : valid.batches()) {
            batch.ensureValid();
            assertThat(batch).hasSize(batch.countOrNull());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 989_855_802, -1})
    void aSnappyChunkOfAnAbsurdSizeIsRefused(int chunkBytes) {
        ByteBuffer bytes = MemoryRecords.withRecords(Compression.snappy().build(), record(1, "some value"))
                .buffer();
        int chunkSizeAt = BatchCursor.HEADER_BYTES + 16;
        bytes.putInt(chunkSizeAt, chunkBytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(21));
        bytes.putInt(17, (int) crc.getValue());
        assertThatThrownBy(() -> validate(MemoryRecords.readableRecords(bytes)))
                .isInstanceOf(InvalidRecordException.class);
    }

    @Test
    void theHighestTimestampIsCountedNotBelieved() {
        MemoryRecords records = batch(record(5, "a"), record(9, "b"));
        records.batches().iterator().next().setMaxTimestamp(TimestampType.CREATE_TIME, 1234);
        MutableRecordBatch batch = validate(records).batches().get(0);
        assertThat(batch.maxTimestamp()).isEqualTo(9);
        assertThat(batch.isValid()).isTrue();
    }

    @Test
    void appendTimeReplacesTheProducers() {
        RecordValidator.Valid valid = validate(batch(5, "a"), "message.timestamp.type", "LogAppendTime");
        assertThat(valid.logAppendTimeMs()).isEqualTo(disk.nowMs);
        assertThat(valid.batches().get(0).maxTimestamp()).isEqualTo(disk.nowMs);
        assertThat(valid.batches().get(0).isValid()).isTrue();
    }

    @Test
    void theDistantPastIsWelcomeAndTheFutureForAnHour() {
        validate(batch(0, "1970"));
        validate(batch(RecordBatch.NO_TIMESTAMP, "no time"));
        validate(batch(disk.nowMs + 3_600_000, "in an hour"));
        assertThatThrownBy(() -> validate(batch(disk.nowMs + 3_600_001, "later")))
                .isInstanceOf(InvalidTimestampException.class)
                .hasMessageContaining("posts-3");
        assertThatThrownBy(() -> validate(batch(disk.nowMs - 1001, "old"), "message.timestamp.before.max.ms", "1000"))
                .isInstanceOf(InvalidTimestampException.class);
        validate(batch(Long.MAX_VALUE, "the end of time"), "message.timestamp.after.max.ms", "" + Long.MAX_VALUE);
    }

    @Test
    void sizesAreLimited() {
        assertThatThrownBy(() -> validate(batch(1, "x".repeat(200)), "max.message.bytes", "200"))
                .isInstanceOf(RecordTooLargeException.class);
        assertThatThrownBy(() -> validate(batch(1, "x".repeat(2000)), "segment.bytes", "1024"))
                .isInstanceOf(RecordBatchTooLargeException.class);
    }

    @Test
    void aCompactedTopicNeedsKeys() {
        assertThatThrownBy(() -> validate(batch(keyed(1, null, "v")), "cleanup.policy", "compact"))
                .isInstanceOf(InvalidRecordException.class);
        validate(batch(keyed(1, "k", null)), "cleanup.policy", "compact");
    }

    @Test
    void whatClientsMayNotWriteIsRefused() {
        assertThatThrownBy(() -> validate(
                        MemoryRecords.withTransactionalRecords(Compression.NONE, 42, (short) 0, 0, record(1, "a"))))
                .isInstanceOf(InvalidTxnStateException.class);
        assertThatThrownBy(() -> validate(MemoryRecords.withRecords((byte) 1, Compression.NONE, record(1, "a"))))
                .isInstanceOf(UnsupportedForMessageFormatException.class);
        assertThatThrownBy(() -> validate(MemoryRecords.EMPTY)).isInstanceOf(InvalidRecordException.class);
        ByteBuffer cut = batch(1, "a").buffer();
        assertThatThrownBy(() -> validate(MemoryRecords.readableRecords(cut.limit(cut.limit() - 1))))
                .isInstanceOf(CorruptRecordException.class);
    }
}
