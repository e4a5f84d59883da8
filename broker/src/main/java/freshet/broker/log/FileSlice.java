package freshet.broker.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.network.TransferableChannel;
import org.apache.kafka.common.record.internal.DefaultRecordsSend;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.TransferableRecords;

/**
 * Batches in a range of a segment's file, to be sent from there without being read here. The last batch may be cut
 * short, as the Fetch API allows. The range never changes under a reader: a log only grows, and a file that is deleted,
 * or replaced by a compacted one, stays open for a grace period ({@code file.delete.delay.ms}).
 */
public final class FileSlice implements TransferableRecords {
    private final LogFile file;
    private final FileChannel channel;
    private final int position;
    private final int size;

    FileSlice(LogFile file, FileChannel channel, int position, int size) {
        this.file = file;
        this.channel = channel;
        this.position = position;
        this.size = size;
    }

    @Override
    public int sizeInBytes() {
        return size;
    }

    public FileChannel channel() {
        return channel;
    }

    /** Where the slice begins in the {@link #channel()}, in bytes. */
    public long position() {
        return position;
    }

    @Override
    public DefaultRecordsSend<FileSlice> toSend() {
        return new DefaultRecordsSend<>(this);
    }

    @Override
    public int writeTo(TransferableChannel destination, int offset, int length) throws IOException {
        return (int) destination.transferFrom(channel, position + offset, Math.min(length, size - offset));
    }

    /**
     * The same batches, read into memory.
     *
     * @throws KafkaStorageException when the file cannot be read
     */
    public MemoryRecords toMemory() {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, position + buffer.position()) < 0) {
                    throw new EOFException("file ends at " + channel.size() + ", " + (position + size) + " expected");
                }
            }
        } catch (ClosedChannelException e) {
            readAnew(buffer.clear());
        } catch (IOException e) {
            throw new KafkaStorageException("Cannot read records: " + e, e);
        }
        return MemoryRecords.readableRecords(buffer.flip());
    }

    /** So many files are in use that the channel had to be closed before its time. */
    private void readAnew(ByteBuffer buffer) {
        try {
            file.readFully(buffer, position);
        } catch (IOException e) {
            throw new KafkaStorageException("Cannot read records: " + e, e);
        }
    }
}
