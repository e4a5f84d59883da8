package freshet.broker.partition;

import freshet.broker.log.FileOpener;
import freshet.broker.log.Log;
import freshet.broker.log.LogConfig;
import freshet.broker.log.LogContext;
import freshet.broker.log.LogDirectory;
import freshet.broker.log.OpenFiles;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All partitions of this broker, and the data directory they live in. Safe for any thread. */
public final class Partitions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

    private final StorageConfig config;
    private final OpenFiles files;
    private final LogContext context;
    private final Housekeeping housekeeping;
    private final Map<TopicPartition, Partition> partitions = new ConcurrentHashMap<>();
    /** Found on disk at the start and not yet asked for. */
    private final Map<TopicPartition, Log> unclaimed = new ConcurrentHashMap<>();

    private DirectoryLock lock;

    public Partitions(StorageConfig config, InstantSource time, FileOpener opener, MeterRegistry metrics) {
        this.config = config;
        this.files = new OpenFiles(
                opener, time, config.openFilesMax(), config.topicDefaults().fileDeleteDelayMs());
        this.context = new LogContext(files, time, config.producerIdExpirationMs());
        this.housekeeping = new Housekeeping(config, context, this::all, metrics);
        Gauge.builder("freshet.broker.partitions", partitions, Map::size).register(metrics);
        Gauge.builder("freshet.broker.open.files", files, OpenFiles::count).register(metrics);
    }

    /**
     * Locks the directory, recovers what is in it and starts the housekeeping.
     *
     * @throws IOException in one sentence: the directory cannot be made or written, or another process holds it
     */
    public void start() throws IOException {
        lock = DirectoryLock.take(config.directory());
        try {
            DirectoryScan scan = DirectoryScan.of(config, context);
            unclaimed.putAll(scan.logs());
            scan.deleted().forEach(housekeeping::deleteTree);
            housekeeping.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The partition of this name, if it has been created here. */
    public Optional<Partition> get(TopicPartition name) {
        return Optional.ofNullable(partitions.get(name));
    }

    /**
     * The partition, with its records if it has been here before. Costs no file until the first record. A directory left
     * by an earlier topic of the same name but another id is deleted.
     *
     * @throws KafkaStorageException when what is on disk cannot be read
     */
    public Partition create(TopicIdPartition id, LogConfig settings) {
        return partitions.computeIfAbsent(id.topicPartition(), name -> {
            try {
                return new Partition(id, open(id, settings), housekeeping.flushExecutor());
            } catch (IOException e) {
                throw new KafkaStorageException("Cannot open the log of " + name + ": " + e, e);
            }
        });
    }

    private Log open(TopicIdPartition id, LogConfig settings) throws IOException {
        Log found = unclaimed.remove(id.topicPartition());
        if (found != null) {
            Uuid before = found.id().topicId();
            if (before.equals(id.topicId())) {
                found.updateConfig(settings);
                return found;
            }
            if (before.equals(Uuid.ZERO_UUID)) {
                // Killed before its id was on disk.
                found.close();
            } else {
                LOG.info("{}: deleting the records of an earlier topic of that name", id.topicPartition());
                housekeeping.deleteTree(found.retire());
            }
        }
        Path directory = config.directory().resolve(LogDirectory.name(id.topicPartition()));
        Log log = Log.open(directory, id, settings, context);
        log.claim();
        return log;
    }

    /** Forgets the partition and deletes its records in the background. */
    public void delete(TopicPartition name) {
        Partition partition = partitions.remove(name);
        if (partition != null) {
            try {
                housekeeping.deleteTree(partition.retire());
            } catch (IOException e) {
                throw new KafkaStorageException("Cannot delete the records of " + name + ": " + e, e);
            }
        }
    }

    /** Applies new settings to every partition of a topic. */
    public void updateConfig(String topic, LogConfig settings) {
        partitions.forEach((name, partition) -> {
            if (name.topic().equals(topic)) {
                partition.updateConfig(settings);
            }
        });
    }

    public Collection<Partition> all() {
        return Collections.unmodifiableCollection(partitions.values());
    }

    /**
     * Deletes partitions on disk that nobody has created since the start: their topics were deleted meanwhile. If that would
     * be all there are, they are kept: then it is rather the metadata that is gone, or another cluster's.
     */
    public void deleteUnclaimed() {
        if (partitions.isEmpty() && !unclaimed.isEmpty()) {
            LOG.warn(
                    "None of the {} partitions in {} belongs to a topic of this cluster; they are kept. Check"
                            + " zookeeper.connect and log.dirs, or delete the directory if the records are not needed.",
                    unclaimed.size(),
                    config.directory());
            return;
        }
        unclaimed.keySet().forEach(name -> {
            Log log = unclaimed.remove(name);
            if (log != null) {
                LOG.info("{}: deleting the records of a topic that is no more", name);
                try {
                    housekeeping.deleteTree(log.retire());
                } catch (IOException e) {
                    LOG.error("Cannot delete {}: {}", log.path(), e.toString());
                }
            }
        });
    }

    /** What a topic has that sets nothing itself. */
    public LogConfig topicDefaults() {
        return config.topicDefaults();
    }

    Housekeeping housekeeping() {
        return housekeeping;
    }

    /** Flushes and closes every log, so that the next start has nothing to read again. */
    @Override
    public void close() {
        housekeeping.stop();
        partitions.values().forEach(partition -> {
            try {
                partition.close();
            } catch (RuntimeException e) {
                LOG.error("{}: not closed cleanly: {}", partition.id().topicPartition(), e.getMessage());
            }
        });
        unclaimed.values().forEach(Log::close);
        files.close();
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.warn("Cannot unlock {}: {}", config.directory(), e.toString());
        }
    }
}
