package freshet.app.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * A name that no other living process has, and that the next process gets when this one has died: as a static member
 * of its consumer groups (KIP-345) that one goes on at once, and need not wait for a dead member's session to end.
 *
 * <p>It is the first free of a row of numbered lock files in one directory, which the kernel unlocks whatever way a
 * process ends, behind the host's name and a word that was drawn when the directory was made: of two machines or
 * containers with the same host name each has its own.
 */
public final class InstanceName implements AutoCloseable {

    private static final int COUNT_MAX = 1_000;
    private static final int WORD_BYTES_MAX = 64;

    private final FileChannel locked;
    private final String name;

    private InstanceName(FileChannel locked, String name) {
        this.locked = locked;
        this.name = name;
    }

    /**
     * Takes the first free name, until it is closed.
     *
     * @param dir one for all processes of this machine that share names; made where there is none
     * @param word drawn once for a directory
     * @throws IOException with one line that says why no name can be had
     */
    public static InstanceName take(Path dir, String host, Supplier<String> word) throws IOException {
        Files.createDirectories(dir);
        String drawn = drawn(dir.resolve("word"), word);
        for (int number = 0; number < COUNT_MAX; number++) {
            FileChannel channel = open(dir.resolve("instance-" + number + ".lock"));
            if (lock(channel)) {
                return new InstanceName(channel, "freshet-" + host + "-" + drawn + "-" + number);
            }
            channel.close();
        }
        throw new IOException("all of " + COUNT_MAX + " names in " + dir + " are taken");
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Taken by this very process.
            return false;
        }
    }

    /** What the first to come has written there. */
    private static String drawn(Path file, Supplier<String> word) throws IOException {
        synchronized (InstanceName.class) {
            try (FileChannel channel = open(file);
                    FileLock alone = channel.lock()) {
                ByteBuffer bytes = ByteBuffer.allocate(WORD_BYTES_MAX);
                channel.read(bytes, 0);
                String written = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
                if (!written.isEmpty()) {
                    return written;
                }
                String fresh = word.get();
                channel.write(ByteBuffer.wrap((fresh + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
                return fresh;
            }
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** The name; of letters, digits, dots and dashes where the host's is. */
    public String get() {
        return name;
    }

    @Override
    public void close() throws IOException {
        locked.close();
    }
}
