package freshet.broker.log;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * What of a log is known to be whole and on disk, and what would otherwise have to be read out of all of it again. The file
 * is replaced atomically, after the log has been forced, so it never promises too much. When it is missing or damaged, the
 * whole log is read instead.
 *
 * <pre>
 * version (2) · log start offset (8) · recovery point (8) · its segment's base offset (8), position there (4) ·
 * compacted up to (8) · leader epochs · producers · CRC-32C of all before (4)
 * </pre>
 *
 * @param logStartOffset records before are deleted, whatever the files hold
 * @param recoveryPoint all records before are whole and on disk
 * @param segmentBaseOffset the segment that the recovery point lies in
 * @param segmentPosition where in its file, in bytes
 * @param cleanedOffset up to where compaction knows every key
 * @param state leader epochs and producers as they were at the recovery point, encoded
 */
record Checkpoint(
        long logStartOffset,
        long recoveryPoint,
        long segmentBaseOffset,
        int segmentPosition,
        long cleanedOffset,
        ByteBuffer state) {
    static final String FILE = "checkpoint";
    private static final String TEMPORARY_FILE = "checkpoint.tmp";
    private static final short VERSION = 1;
    private static final int FIXED_BYTES = 2 + 8 + 8 + 8 + 4 + 8;
    private static final int CRC_BYTES = 4;

    static ByteBuffer state(LeaderEpochs epochs, ProducerStates producers) {
        ByteBuffer state = ByteBuffer.allocate(epochs.encodedBytes() + producers.encodedBytes());
        epochs.encode(state);
        producers.encode(state);
        return state.flip();
    }

    void write(Path directory, OpenFiles files) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + state.remaining() + CRC_BYTES);
        out.putShort(VERSION).putLong(logStartOffset).putLong(recoveryPoint);
        out.putLong(segmentBaseOffset).putInt(segmentPosition).putLong(cleanedOffset);
        out.put(state.duplicate());
        out.putInt(crc(out.duplicate().flip())).flip();
        Path temporary = directory.resolve(TEMPORARY_FILE);
        try (FileChannel channel = files.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (out.hasRemaining()) {
                channel.write(out);
            }
            channel.force(true);
        }
        Files.move(
                temporary,
                directory.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** The checkpoint of the directory, or null when there is none that can be believed. */
    static Checkpoint read(Path directory) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(directory.resolve(FILE));
        } catch (NoSuchFileException e) {
            return null;
        }
        if (bytes.length < FIXED_BYTES + CRC_BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int end = bytes.length - CRC_BYTES;
        if (in.getInt(end) != crc(in.duplicate().limit(end)) || in.getShort() != VERSION) {
            return null;
        }
        in.limit(end);
        try {
            Checkpoint checkpoint =
                    new Checkpoint(in.getLong(), in.getLong(), in.getLong(), in.getInt(), in.getLong(), in.slice());
            checkpoint.producers();
            return checkpoint;
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    LeaderEpochs epochs() {
        return LeaderEpochs.decode(state.duplicate());
    }

    ProducerStates producers() {
        ByteBuffer in = state.duplicate();
        LeaderEpochs.decode(in);
        return ProducerStates.decode(in);
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
