package freshet.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * Files that fail as real ones do: the disk can be full (a write takes what still fits, then fails), and forcing can fail.
 */
public final class FaultyFiles implements FileOpener {
    /** Bytes that may still be written. */
    public long spaceLeft = Long.MAX_VALUE;

    public boolean failForce;
    public int opened;
    public int forced;

    @Override
    public FileChannel open(Path path, OpenOption... options) throws IOException {
        opened++;
        return new Channel(FileChannel.open(path, options));
    }

    private final class Channel extends FileChannel {
        private final FileChannel real;

        Channel(FileChannel real) {
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
