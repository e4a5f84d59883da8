package freshet.broker.log;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A disk in memory, a clock that a test moves, and logs on them that can be killed and opened again. */
public final class TestDisk {
    public static final TopicPartition NAME = new TopicPartition("posts", 3);
    public static final TopicIdPartition ID = new TopicIdPartition(new Uuid(7, 7), NAME);

    public final FaultyFiles faults = new FaultyFiles();
    public long nowMs = 1_790_000_000_000L;
    private final FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix());
    private final Path directory = fileSystem.getPath("/data", "posts-3");

    public InstantSource time() {
        return () -> java.time.Instant.ofEpochMilli(nowMs);
    }

    public FileSystem fileSystem() {
        return fileSystem;
    }

    public Path directory() {
        return directory;
    }

    public LogContext context() {
        return context(1000);
    }

    public LogContext context(int maxOpenFiles) {
        return new LogContext(new OpenFiles(faults, time(), maxOpenFiles, 60_000), time(), 86_400_000);
    }

    public Log open(String... settings) {
        return open(context(), settings);
    }

    public Log open(LogContext context, String... settings) {
        try {
            return Log.open(directory, ID, config(settings), context);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(file(name));
    }

    public static LogConfig config(String... settings) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return LogConfig.defaults().withOverrides(map);
    }
}
