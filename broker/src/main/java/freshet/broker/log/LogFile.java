package freshet.broker.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows at its end, opened when it is first needed and again whenever its channel has been retired (or closed
 * by an interrupt). Its length is kept here, not asked of the disk: what a failed write leaves behind lies past the length,
 * is never read and is written over. One thread writes at a time; any may read.
 */
final class LogFile {
    private static final int ATTEMPTS = 3;

    private final OpenFiles files;
    private final Path path;
    private volatile FileChannel channel;
    private volatile int length;
    private volatile boolean exists;
    private volatile boolean deleted;
    private volatile long lastUsed;

    private LogFile(OpenFiles files, Path path, int length, boolean exists) {
        this.files = files;
        this.path = path;
        this.length = length;
        this.exists = exists;
    }

    static LogFile existing(OpenFiles files, Path path, int length) {
        return new LogFile(files, path, length, true);
    }

    /** A file that comes into being with the first write (or with {@link #create}). */
    static LogFile fresh(OpenFiles files, Path path) {
        return new LogFile(files, path, 0, false);
    }

    Path path() {
        return path;
    }

    int length() {
        return length;
    }

    boolean exists() {
        return exists;
    }

    long lastUsed() {
        return lastUsed;
    }

    /**
     * @throws java.nio.file.NoSuchFileException when it has been deleted
     */
    FileChannel channel() throws IOException {
        FileChannel current = channel;
        if (current == null || !current.isOpen()) {
            current = reopen();
            files.trim();
        }
        lastUsed = files.generation();
        return current;
    }

    void create() throws IOException {
        channel();
    }

    /**
     * Writes the buffer at the end. When that fails the file is as it was.
     */
    void append(ByteBuffer bytes) throws IOException {
        int end = length;
        int start = bytes.position();
        try {
            int size = onChannel(out -> {
                bytes.position(start);
                while (bytes.hasRemaining()) {
                    out.write(bytes, end + bytes.position() - start);
                }
                return bytes.position() - start;
            });
            length = end + size;
        } catch (IOException e) {
            cutBack(end);
            throw e;
        }
    }

    /** Fills the buffer from the position on. */
    void readFully(ByteBuffer into, long position) throws IOException {
        int start = into.position();
        onChannel(in -> {
            into.position(start);
            while (into.hasRemaining()) {
                if (in.read(into, position + into.position() - start) < 0) {
                    throw new EOFException(path + " ends before " + (position + into.limit() - start));
                }
            }
            return into;
        });
    }

    FileSlice slice(int position, int size) throws IOException {
        return new FileSlice(this, channel(), position, size);
    }

    void truncate(int newLength) throws IOException {
        if (newLength < length) {
            length = newLength;
        }
        if (exists) {
            onChannel(c -> c.truncate(newLength));
        }
    }

    /** Brings the content onto disk; of a file that is deleted meanwhile, nothing needs to be. */
    void force() throws IOException {
        if (exists && !deleted) {
            try {
                onChannel(c -> {
                    c.force(false);
                    return c;
                });
            } catch (NoSuchFileException e) {
                if (!deleted) {
                    throw e;
                }
            }
        }
    }

    /** Lets go of the channel; it is opened again when needed. Whoever holds it may go on reading for the grace period. */
    void release() {
        FileChannel old;
        synchronized (this) {
            old = channel;
            channel = null;
        }
        if (old != null) {
            files.retire(this, old);
        }
    }

    void delete() throws IOException {
        abandon();
        Files.deleteIfExists(path);
    }

    /** From here on it cannot be opened, even if another file comes to bear its name. */
    void abandon() {
        deleted = true;
        release();
    }

    private interface Use<T> {
        T on(FileChannel channel) throws IOException;
    }

    /** A channel may be retired under the hands of whoever uses it: then it is opened again and the use begins anew. */
    private <T> T onChannel(Use<T> use) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return use.on(channel());
            } catch (ClosedChannelException e) {
                // An interrupt closes the channel at each attempt.
                if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private synchronized FileChannel reopen() throws IOException {
        FileChannel current = channel;
        if (current != null && current.isOpen()) {
            return current;
        }
        if (deleted) {
            throw new NoSuchFileException(path.toString());
        }
        FileChannel opened = exists
                ? files.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
                : files.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        if (!exists) {
            // A file left behind by a failed attempt must not lend its bytes to the new one.
            opened.truncate(0);
            exists = true;
        }
        channel = opened;
        files.opened(this);
        return opened;
    }

    private void cutBack(int end) {
        try {
            onChannel(c -> c.truncate(end));
        } catch (IOException e) {
            // Harmless: the bytes lie past the length; see the class doc.
        }
    }
}
