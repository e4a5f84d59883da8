package freshet.broker.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The directory of one partition, named {@code topic-N}; it comes into being with the first record. A file in it bears the
 * topic's id, as in Kafka; a deleted partition's directory has a name that no topic can have, so that the same topic may
 * come back at once.
 */
public final class LogDirectory {
    private static final String METADATA_FILE = "partition.metadata";
    private static final String DELETED_SUFFIX = "-delete";

    private final TopicIdPartition id;
    private final OpenFiles files;
    private volatile Path path;
    private boolean exists;
    private boolean nameForced;

    LogDirectory(Path path, TopicIdPartition id, OpenFiles files) {
        this.path = path;
        this.id = id;
        this.files = files;
        this.exists = Files.isDirectory(path);
    }

    /** The name of a partition's directory. */
    public static String name(TopicPartition partition) {
        return partition.topic() + "-" + partition.partition();
    }

    /** The partition that a directory of this name belongs to; nothing for other names. */
    public static Optional<TopicPartition> partition(String name) {
        int dash = name.lastIndexOf('-');
        if (dash <= 0 || dash == name.length() - 1 || dash < name.length() - 10) {
            return Optional.empty();
        }
        String number = name.substring(dash + 1);
        return number.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Optional.of(new TopicPartition(name.substring(0, dash), Integer.parseInt(number)))
                : Optional.empty();
    }

    /** Whether a directory of this name waits to be deleted. */
    public static boolean isDeleted(String name) {
        return name.endsWith(DELETED_SUFFIX);
    }

    /** The topic id in a partition's directory; zero when it does not say. */
    public static Uuid topicId(Path directory) throws IOException {
        try {
            for (String line : Files.readAllLines(directory.resolve(METADATA_FILE))) {
                if (line.startsWith("topic_id: ")) {
                    return Uuid.fromString(line.substring("topic_id: ".length()).trim());
                }
            }
        } catch (NoSuchFileException | IllegalArgumentException e) {
            // Killed before it was written: then there is nothing acknowledged beside it either.
        }
        return Uuid.ZERO_UUID;
    }

    /** Deletes a directory and all that is in it. */
    public static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path p : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    TopicIdPartition id() {
        return id;
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return exists;
    }

    List<Path> list() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.sorted().toList();
        }
    }

    void create() throws IOException {
        if (!exists) {
            Files.createDirectories(path);
            writeId();
            exists = true;
        }
    }

    /** Writes down whose directory it is where a kill came before that. */
    void claim() throws IOException {
        if (exists && topicId(path).equals(Uuid.ZERO_UUID)) {
            writeId();
        }
    }

    private void writeId() throws IOException {
        Files.writeString(
                path.resolve(METADATA_FILE), "version: 0\ntopic_id: " + id.topicId() + "\n", StandardCharsets.UTF_8);
    }

    /** Brings the names of new files onto disk. */
    void force() throws IOException {
        force(path);
        if (!nameForced) {
            force(path.getParent());
            nameForced = true;
        }
    }

    /** Gives the directory the name of a deleted one and returns it; null if there is none. */
    Path rename() throws IOException {
        if (!exists) {
            return null;
        }
        Path target = path.resolveSibling(name(id.topicPartition()) + "." + Uuid.randomUuid() + DELETED_SUFFIX);
        Files.move(path, target);
        path = target;
        return target;
    }

    private void force(Path directory) throws IOException {
        try (FileChannel channel = files.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            if (Files.isDirectory(directory) && !isRealDisk(directory)) {
                return;
            }
            throw e;
        }
    }

    /** In-memory file systems cannot open a directory, and need not. */
    private static boolean isRealDisk(Path directory) {
        return directory.getFileSystem() == java.nio.file.FileSystems.getDefault();
    }
}
