package freshet.broker.log;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.CloseableIterator;

/**
 * Says what may enter a log. Every record is looked at once, compressed ones too (without keeping what is decompressed): a
 * batch that no consumer can read would stop every consumer behind it for good. Works outside any lock; timestamps are set
 * here, offsets later.
 */
final class RecordValidator {
    /** Decompression buffers, which are large and would otherwise be made for each batch. */
    private static final ThreadLocal<BufferSupplier> BUFFERS = ThreadLocal.withInitial(BufferSupplier::create);

    private final String where;
    private final InstantSource time;

    /** Batches that may be written, with the bytes they are views of. */
    record Valid(ByteBuffer bytes, List<MutableRecordBatch> batches, long logAppendTimeMs) {
        int size() {
            return bytes.remaining();
        }
    }

    RecordValidator(String where, InstantSource time) {
        this.where = where;
        this.time = time;
    }

    Valid validate(MemoryRecords records, AppendOrigin origin, LogConfig config) {
        long now = time.millis();
        List<MutableRecordBatch> batches = new ArrayList<>(1);
        int bytes = 0;
        for (MutableRecordBatch batch : records.batches()) {
            checkBatch(batch, origin, config);
            checkFrames(batch, records.buffer(), bytes, config);
            bytes += batch.sizeInBytes();
            batches.add(batch);
        }
        if (bytes != records.sizeInBytes()) {
            throw new CorruptRecordException("Records for " + where + " end with " + (records.sizeInBytes() - bytes)
                    + " bytes that are not a whole batch");
        }
        if (batches.isEmpty()) {
            throw new InvalidRecordException("There are no records for " + where);
        }
        Valid valid = new Valid(records.buffer(), batches, RecordBatch.NO_TIMESTAMP);
        if (origin != AppendOrigin.REPLICATION) {
            valid = recompressed(valid, config, now);
            boolean appendTime = config.timestampType() == TimestampType.LOG_APPEND_TIME;
            for (MutableRecordBatch batch : valid.batches()) {
                checkRecords(batch, origin, config, now);
                if (appendTime) {
                    batch.setMaxTimestamp(TimestampType.LOG_APPEND_TIME, now);
                }
            }
            if (appendTime) {
                valid = new Valid(valid.bytes(), valid.batches(), now);
            }
        }
        if (valid.size() > config.segmentBytes()) {
            throw new RecordBatchTooLargeException("Records of " + valid.size() + " bytes for " + where
                    + " exceed the segment size of " + config.segmentBytes());
        }
        return valid;
    }

    private void checkFrames(MutableRecordBatch batch, ByteBuffer all, int at, LogConfig config) {
        CompressionType codec;
        try {
            codec = batch.compressionType();
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
        if (codec == CompressionType.SNAPPY) {
            int length = batch.sizeInBytes() - BatchCursor.HEADER_BYTES;
            ByteBuffer compressed = all.slice(all.position() + at + BatchCursor.HEADER_BYTES, length);
            SnappyFrames.check(compressed, config.maxDecompressedMessageBytes());
        }
    }

    private void checkBatch(MutableRecordBatch batch, AppendOrigin origin, LogConfig config) {
        if (batch.magic() != RecordBatch.MAGIC_VALUE_V2) {
            throw new UnsupportedForMessageFormatException(
                    "Records for " + where + " have the old format " + batch.magic() + "; format 2 is needed");
        }
        if (origin == AppendOrigin.CLIENT && batch.sizeInBytes() > config.maxMessageBytes()) {
            throw new RecordTooLargeException("A batch of " + batch.sizeInBytes() + " bytes for " + where
                    + " exceeds max.message.bytes, " + config.maxMessageBytes());
        }
        batch.ensureValid();
        long span = batch.lastOffset() - batch.baseOffset() + 1;
        Integer count = batch.countOrNull();
        if (span <= 0 || count == null || count < 0) {
            throw new InvalidRecordException("A batch for " + where + " has an impossible range of offsets, "
                    + batch.baseOffset() + " to " + batch.lastOffset());
        }
        if (origin == AppendOrigin.REPLICATION) {
            return;
        }
        if (span != count) {
            throw new InvalidRecordException(
                    "A batch for " + where + " has " + count + " records but a range of " + span + " offsets");
        }
        if (origin == AppendOrigin.CLIENT) {
            if (batch.isControlBatch()) {
                throw new InvalidRecordException("Clients may not write control records (" + where + ")");
            }
            if (batch.isTransactional()) {
                throw new InvalidTxnStateException("Transactions are not supported (" + where + ")");
            }
            if (batch.hasProducerId() && (batch.baseSequence() < 0 || batch.producerEpoch() < 0)) {
                throw new InvalidRecordException("A batch of producer " + batch.producerId() + " for " + where
                        + " has the invalid sequence number " + batch.baseSequence() + " or epoch "
                        + batch.producerEpoch());
            }
        }
    }

    private void checkRecords(MutableRecordBatch batch, AppendOrigin origin, LogConfig config, long now) {
        boolean createTime = config.timestampType() == TimestampType.CREATE_TIME;
        if (createTime && batch.timestampType() == TimestampType.LOG_APPEND_TIME) {
            throw new InvalidTimestampException(
                    "A batch for " + where + " claims LogAppendTime, but the topic has CreateTime");
        }
        boolean needsKey = config.compacts() && !batch.isControlBatch();
        long earliest = earliest(config, now);
        long latest = now + config.timestampAfterMaxMs() < now ? Long.MAX_VALUE : now + config.timestampAfterMaxMs();
        long maxTimestamp = RecordBatch.NO_TIMESTAMP;
        long expectedOffset = batch.baseOffset();
        try (CloseableIterator<Record> records = read(batch, config)) {
            while (records.hasNext()) {
                Record record = records.next();
                if (record.offset() != expectedOffset++) {
                    throw new InvalidRecordException(
                            "Records of a batch for " + where + " are not numbered one by one");
                }
                if (needsKey && !record.hasKey()) {
                    throw new InvalidRecordException(
                            "A record for " + where + " has no key, but the topic is compacted");
                }
                long timestamp = record.timestamp();
                if (createTime
                        && origin == AppendOrigin.CLIENT
                        && timestamp != RecordBatch.NO_TIMESTAMP
                        && (timestamp < earliest || timestamp > latest)) {
                    throw new InvalidTimestampException("Timestamp " + timestamp + " of a record for " + where
                            + " is out of range: it must be between " + earliest + " and " + latest);
                }
                maxTimestamp = Math.max(maxTimestamp, timestamp);
            }
        } catch (InvalidRecordException | InvalidTimestampException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw unreadable(e);
        }
        if (expectedOffset != batch.baseOffset() + batch.countOrNull()) {
            throw new InvalidRecordException("A batch for " + where + " holds " + (expectedOffset - batch.baseOffset())
                    + " records but claims " + batch.countOrNull());
        }
        if (createTime && maxTimestamp != batch.maxTimestamp()) {
            // Indexes and retention believe the header.
            batch.setMaxTimestamp(TimestampType.CREATE_TIME, maxTimestamp);
        }
    }

    /** Codecs answer nonsense with errors too: snappy has one of its own, or asks for as much memory as it is told to. */
    private InvalidRecordException unreadable(Throwable e) {
        return new InvalidRecordException("A batch for " + where + " cannot be read: " + e.getMessage(), e);
    }

    /** Whole records: the codec's way of skipping values passes over some that cannot be read. */
    private static CloseableIterator<Record> read(MutableRecordBatch batch, LogConfig config) {
        return batch.streamingIterator(BUFFERS.get(), config.maxDecompressedMessageBytes());
    }

    private static long earliest(LogConfig config, long now) {
        return config.timestampBeforeMaxMs() > now ? 0 : now - config.timestampBeforeMaxMs();
    }

    /** The same records in the codec that the topic asks for; almost always it asks for the producer's. */
    private Valid recompressed(Valid valid, LogConfig config, long now) {
        String wanted = config.compressionType();
        if (wanted.equals("producer")) {
            return valid;
        }
        Compression codec =
                Compression.of(wanted.equals("uncompressed") ? "none" : wanted).build();
        if (valid.batches().stream().allMatch(b -> b.compressionType() == codec.type())) {
            return valid;
        }
        List<MutableRecordBatch> batches = new ArrayList<>();
        int size = 0;
        for (MutableRecordBatch batch : valid.batches()) {
            MemoryRecords rebuilt = rebuild(batch, codec, config, now);
            rebuilt.batches().forEach(batches::add);
            size += rebuilt.sizeInBytes();
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        batches.forEach(b -> b.writeTo(bytes));
        MemoryRecords joined = MemoryRecords.readableRecords(bytes.flip());
        List<MutableRecordBatch> views = new ArrayList<>();
        joined.batches().forEach(views::add);
        return new Valid(joined.buffer(), views, RecordBatch.NO_TIMESTAMP);
    }

    private MemoryRecords rebuild(MutableRecordBatch batch, Compression codec, LogConfig config, long now) {
        try (CloseableIterator<Record> records = read(batch, config);
                MemoryRecordsBuilder builder = MemoryRecords.builder(
                        ByteBuffer.allocate(batch.sizeInBytes()),
                        RecordBatch.MAGIC_VALUE_V2,
                        codec,
                        batch.timestampType(),
                        batch.baseOffset(),
                        now,
                        batch.producerId(),
                        batch.producerEpoch(),
                        batch.baseSequence(),
                        batch.isTransactional(),
                        batch.isControlBatch(),
                        RecordBatch.NO_PARTITION_LEADER_EPOCH)) {
            while (records.hasNext()) {
                Record record = records.next();
                builder.appendWithOffset(record.offset(), record);
            }
            return builder.build();
        } catch (RuntimeException | Error e) {
            throw unreadable(e);
        }
    }
}
