package freshet.broker.server;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * Whose data a directory holds: {@code meta.properties}, as Kafka has it ({@code cluster.id}, {@code broker.id}), and
 * the incarnations of the broker processes that used it last. The directory is locked by then, so they are dead.
 */
final class DataDirectory {

    private static final String CLUSTER_ID = "cluster.id";
    private static final String BROKER_ID = "broker.id";
    private static final String INCARNATION = "incarnation.id";

    private final Path directory;
    private final Properties properties = new Properties();

    DataDirectory(Path directory) throws IOException {
        this.directory = directory;
        Path file = file();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IllegalArgumentException e) {
                throw new IOException("Cannot read " + file + " (" + e.getMessage() + "): restore or delete it.", e);
            }
        }
    }

    /**
     * Incarnations of processes that used this directory and may have left their node in ZooKeeper: the last one, and
     * any before it that were killed on their way up.
     */
    Set<Uuid> predecessors() {
        String stored = properties.getProperty(INCARNATION, "");
        return stored.isEmpty()
                ? Set.of()
                : Arrays.stream(stored.split(",")).map(Uuid::fromString).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Makes the directory ours; the predecessors stay known until {@link #settle}.
     *
     * @throws IllegalStateException with a finished sentence when it belongs to another broker or cluster; nothing was
     *     changed then
     */
    void claim(String clusterId, int brokerId, Uuid incarnation) throws IOException {
        check(CLUSTER_ID, clusterId, "zookeeper.connect leads to cluster");
        check(BROKER_ID, Integer.toString(brokerId), "broker.id is");
        properties.setProperty("version", "0");
        properties.setProperty(CLUSTER_ID, clusterId);
        properties.setProperty(BROKER_ID, Integer.toString(brokerId));
        Set<Uuid> all = new LinkedHashSet<>(predecessors());
        all.add(incarnation);
        properties.setProperty(INCARNATION, all.stream().map(Uuid::toString).collect(Collectors.joining(",")));
        store();
    }

    /** Forgets the predecessors: their nodes are gone. */
    void settle(Uuid incarnation) throws IOException {
        properties.setProperty(INCARNATION, incarnation.toString());
        store();
    }

    private void check(String key, String value, String who) {
        String stored = properties.getProperty(key);
        if (stored != null && !stored.equals(value)) {
            throw new IllegalStateException("The data in " + directory + " belongs to " + key + " " + stored + ", but "
                    + who + " " + value + ": give the matching setting, or another directory (log.dirs).");
        }
    }

    private void store() throws IOException {
        Path next = directory.resolve("meta.properties.tmp");
        try (Writer writer = Files.newBufferedWriter(next)) {
            properties.store(writer, null);
        }
        try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file() {
        return directory.resolve("meta.properties");
    }
}
