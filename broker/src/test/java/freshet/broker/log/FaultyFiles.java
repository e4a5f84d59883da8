package freshet.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that fail as real ones do: the disk can be full (a write takes what still fits, then fails), forcing can fail, and a
 * power cut takes what was not forced.
 */
public final class FaultyFiles implements FileOpener {
    /** Bytes that may still be written. */
    public long spaceLeft = Long.MAX_VALUE;

    public boolean failForce;
    public int opened;
    public int forced;

    /** What was last forced of each file that has been opened for writing. */
    private final Map<Path, byte[]> durable = new HashMap<>();

    @Override
    public FileChannel open(Path path, OpenOption... options) throws IOException {
        opened++;
        if (!Files.exists(path)) {
            durable.put(path, new byte[0]);
        } else if (List.of(options).contains(StandardOpenOption.WRITE)) {
            durable.putIfAbsent(path, Files.readAllBytes(path));
        }
        return new Channel(path, FileChannel.open(path, options));
    }

    /** Every file is as it was last forced. */
    public void cutPower() throws IOException {
        for (Map.Entry<Path, byte[]> file : durable.entrySet()) {
            if (Files.exists(file.getKey())) {
                Files.write(file.getKey(), file.getValue());
            }
        }
    }

    private final class Channel extends FileChannel {
        private final FileChannel real;

        private final Path path;

        Channel(Path path, FileChannel real) {
            this.path = path;
            this.real = real;
        }

        private int limited(ByteBuffer src, Write write) throws IOException {
            if (spaceLeft == 0 && src.hasRemaining()) {
                throw new IOException("No space left on device");
            }
            int limit = src.limit();
            src.limit(src.position() + (int) Math.min(src.remaining(), spaceLeft));
            int written = write.of(src);
            src.limit(limit);
            spaceLeft -= spaceLeft == Long.MAX_VALUE ? 0 : written;
            return written;
        }

        private interface Write {
            int of(ByteBuffer src) throws IOException;
        }

        @Override
        public int write(ByteBuffer src) throws IOException {
            return limited(src, real::write);
        }

        @Override
        public int write(ByteBuffer src, long position) throws IOException {
            return limited(src, bytes -> real.write(bytes, position));
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (failForce) {
                throw new IOException("Input/output error");
            }
            forced++;
            real.force(metaData);
            if (Files.isRegularFile(path)) {
                durable.put(path, Files.readAllBytes(path));
            }
        }

        @Override
        public int read(ByteBuffer dst) throws IOException {
            return real.read(dst);
        }

        @Override
        public int read(ByteBuffer dst, long position) throws IOException {
            return real.read(dst, position);
        }

        @Override
        public long position() throws IOException {
            return real.position();
        }

        @Override
        public FileChannel position(long newPosition) throws IOException {
            real.position(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            real.truncate(size);
            return this;
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return real.transferTo(position, count, target);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            real.close();
        }

        @Override
        public long read(ByteBuffer[] dsts, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] srcs, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel src, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
