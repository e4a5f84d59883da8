package freshet.broker.partition;

import freshet.broker.log.FileOpener;
import freshet.broker.log.LogConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;

/** All partitions of this broker, and the data directory they live in. */
public final class Partitions implements AutoCloseable {
    public Partitions(StorageConfig config, InstantSource time, FileOpener opener, MeterRegistry metrics) {}

    /**
     * Locks the directory, recovers what is in it and starts the housekeeping.
     *
     * @throws IOException in one sentence: the directory cannot be made or written, or another process holds it
     */
    public void start() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The partition of this name, if it has been created here. */
    public Optional<Partition> get(TopicPartition name) {
        throw new UnsupportedOperationException();
    }

    /**
     * The partition, with its records if it has been here before. Costs no file until the first record. A directory left by
     * an earlier topic of the same name but another id is deleted.
     */
    public Partition create(TopicIdPartition id, LogConfig config) {
        throw new UnsupportedOperationException();
    }

    /** Forgets the partition and deletes its records in the background. */
    public void delete(TopicPartition name) {
        throw new UnsupportedOperationException();
    }

    /** Applies new settings to every partition of a topic. */
    public void updateConfig(String topic, LogConfig config) {
        throw new UnsupportedOperationException();
    }

    public Collection<Partition> all() {
        throw new UnsupportedOperationException();
    }

    /** Partitions on disk that nobody has created since the start: their topics were deleted meanwhile. */
    public void deleteUnclaimed() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
