package freshet.broker.partition;

import freshet.broker.log.Log;
import freshet.broker.log.LogContext;
import freshet.broker.log.LogDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a data directory holds at the start: the logs, each opened and recovered, several at a time, and directories whose
 * deletion was not finished.
 */
record DirectoryScan(Map<TopicPartition, Log> logs, List<Path> deleted) {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryScan.class);

    static DirectoryScan of(StorageConfig config, LogContext context) throws IOException {
        long startedAt = context.time().millis();
        Map<TopicPartition, Log> logs = new ConcurrentHashMap<>();
        List<Path> deleted = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(config.recoveryThreads());
        try {
            List<Future<?>> openings = new ArrayList<>();
            for (Path path : directories(config.directory())) {
                String name = path.getFileName().toString();
                Optional<TopicPartition> partition = LogDirectory.partition(name);
                if (LogDirectory.isDeleted(name)) {
                    deleted.add(path);
                } else if (partition.isPresent()) {
                    openings.add(pool.submit(() -> {
                        TopicIdPartition id = new TopicIdPartition(LogDirectory.topicId(path), partition.get());
                        logs.put(partition.get(), Log.open(path, id, config.topicDefaults(), context));
                        return null;
                    }));
                }
            }
            for (Future<?> opening : openings) {
                await(opening);
            }
        } finally {
            pool.shutdown();
        }
        if (!logs.isEmpty()) {
            LOG.info(
                    "Opened {} partitions in {} in {} ms",
                    logs.size(),
                    config.directory(),
                    context.time().millis() - startedAt);
        }
        return new DirectoryScan(logs, deleted);
    }

    private static List<Path> directories(Path root) throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static void await(Future<?> opening) throws IOException {
        try {
            opening.get();
        } catch (ExecutionException e) {
            throw new IOException("Cannot read a log in the data directory: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while opening the logs", e);
        }
    }
}
