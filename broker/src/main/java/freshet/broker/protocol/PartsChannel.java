package freshet.broker.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultFileRegion;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.network.TransferableChannel;

/**
 * A channel that takes everything at once and only remembers what it is to write: memory as Netty buffers around the
 * same bytes, file ranges as regions for {@code sendfile(2)}.
 */
final class PartsChannel implements TransferableChannel {

    private final List<Object> parts = new ArrayList<>();

    List<Object> parts() {
        return parts;
    }

    @Override
    public int write(ByteBuffer source) {
        int size = source.remaining();
        if (size > 0) {
            parts.add(Unpooled.wrappedBuffer(source.slice()));
            source.position(source.limit());
        }
        return size;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            written += write(sources[i]);
        }
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources) {
        return write(sources, 0, sources.length);
    }

    @Override
    public long transferFrom(FileChannel file, long position, long count) throws IOException {
        parts.add(FileSlice.isNative(file) ? new FileSlice(file, position, count) : copy(file, position, count));
        return count;
    }

    private static ByteBuf copy(FileChannel file, long position, long count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(count));
        while (bytes.hasRemaining()) {
            if (file.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("Log file ended inside a range that was to be sent");
            }
        }
        return Unpooled.wrappedBuffer(bytes.flip());
    }

    @Override
    public boolean hasPendingWrites() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}

    /** A range of a log's file, which stays open when the range has been sent. */
    private static final class FileSlice extends DefaultFileRegion {

        FileSlice(FileChannel file, long position, long count) {
            super(file, position, count);
        }

        /** Netty's native transport reaches into the JDK's own class; any other file system's channel is copied. */
        static boolean isNative(FileChannel file) {
            return file.getClass().getName().equals("sun.nio.ch.FileChannelImpl");
        }

        @Override
        protected void deallocate() {
            // The log owns the file.
        }
    }
}
