package freshet.broker.partition;

import static freshet.broker.log.TestRecords.batch;
import static freshet.broker.log.TestRecords.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.broker.log.AppendInfo;
import freshet.broker.log.AppendOrigin;
import freshet.broker.log.FaultyFiles;
import freshet.broker.log.LogConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionsTest {
    private static final TopicPartition POSTS_0 = new TopicPartition("posts", 0);
    private static final TopicIdPartition ID = new TopicIdPartition(new Uuid(1, 2), POSTS_0);

    @TempDir
    Path directory;

    private final FaultyFiles faults = new FaultyFiles();
    private final List<Partitions> opened = new ArrayList<>();

    private Partitions start(String... properties) throws IOException {
        Map<String, String> map = new java.util.HashMap<>(Map.of("log.dirs", directory.toString()));
        for (int i = 0; i < properties.length; i += 2) {
            map.put(properties[i], properties[i + 1]);
        }
        Partitions partitions =
                new Partitions(StorageConfig.parse(map), Clock.systemUTC(), faults, new SimpleMeterRegistry());
        partitions.start();
        opened.add(partitions);
        return partitions;
    }

    @AfterEach
    void close() {
        opened.forEach(Partitions::close);
    }

    private static AppendInfo append(Partition partition, String... values) {
        return partition.append(batch(1, values), AppendOrigin.CLIENT);
    }

    @Test
    void aPartitionComesBackAfterARestart() throws IOException {
        Partitions first = start();
        append(first.create(ID, LogConfig.defaults()), "a", "b");
        first.close();
        Partition again = start().create(ID, LogConfig.defaults());
        assertThat(again.highWatermark()).isEqualTo(2);
        assertThat(values(again.read(0, 1000, true).records())).containsExactly("a", "b");
    }

    @Test
    void aPartitionOfAnotherTopicIdDoesNotInheritRecords() throws IOException {
        Partitions first = start();
        append(first.create(ID, LogConfig.defaults()), "old");
        first.close();
        Partition other = start().create(new TopicIdPartition(new Uuid(3, 4), POSTS_0), LogConfig.defaults());
        assertThat(other.logEndOffset()).isZero();
        append(other, "new");
        assertThat(values(other.read(0, 1000, true).records())).containsExactly("new");
    }

    @Test
    void aDeletedPartitionIsGoneAndItsNameIsFree() throws IOException {
        Partitions partitions = start();
        Partition old = partitions.create(ID, LogConfig.defaults());
        append(old, "a");
        partitions.delete(POSTS_0);
        assertThat(partitions.get(POSTS_0)).isEmpty();
        assertThatThrownBy(() -> append(old, "b")).isInstanceOf(NotLeaderOrFollowerException.class);
        assertThatThrownBy(() -> old.read(0, 1000, true)).isInstanceOf(NotLeaderOrFollowerException.class);
        assertThat(partitions.create(ID, LogConfig.defaults()).logEndOffset()).isZero();
        Awaitility.await().untilAsserted(() -> assertThat(directoriesLeft()).isEmpty());
    }

    private List<Path> directoriesLeft() throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    @Test
    void partitionsOfTopicsDeletedMeanwhileAreCleared() throws IOException {
        TopicIdPartition other = new TopicIdPartition(new Uuid(5, 6), new TopicPartition("other", 0));
        Partitions first = start();
        append(first.create(ID, LogConfig.defaults()), "a");
        append(first.create(other, LogConfig.defaults()), "b");
        first.close();
        Partitions second = start();
        second.create(other, LogConfig.defaults());
        second.deleteUnclaimed();
        Awaitility.await()
                .untilAsserted(() -> assertThat(directoriesLeft()).containsExactly(directory.resolve("other-0")));
    }

    @Test
    void nothingIsClearedWhenAllTopicsSeemToBeGone() throws IOException {
        Partitions first = start();
        append(first.create(ID, LogConfig.defaults()), "a");
        first.close();
        Partitions second = start();
        second.deleteUnclaimed();
        assertThat(second.create(ID, LogConfig.defaults()).logEndOffset()).isEqualTo(1);
    }

    @Test
    void partitionsComeBackAfterAKill() throws IOException {
        Partitions killed = start();
        for (int i = 0; i < 20; i++) {
            TopicPartition name = new TopicPartition("posts", i);
            append(killed.create(new TopicIdPartition(new Uuid(1, 2), name), LogConfig.defaults()), "v" + i);
        }
        Path copy = Files.createDirectory(directory.resolveSibling(directory.getFileName() + "-copy"));
        copyTree(directory, copy);
        Partitions again = start("log.dirs", copy.toString());
        for (int i = 0; i < 20; i++) {
            TopicPartition name = new TopicPartition("posts", i);
            Partition partition = again.create(new TopicIdPartition(new Uuid(1, 2), name), LogConfig.defaults());
            assertThat(values(partition.read(0, 1000, true).records())).containsExactly("v" + i);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var tree = Files.walk(from)) {
            for (Path path : tree.filter(p -> !p.equals(from)).toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    @Test
    void aDirectoryInUseIsRefusedInOneSentence() throws IOException {
        start();
        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The data directory " + directory
                                + " is in use by another broker: stop that one, or choose another directory with --data-dir or log.dirs.");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefusedInOneSentence() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> start("log.dirs", file.toString()))
                .isInstanceOf(IOException.class)
                .hasMessage("The data directory " + file
                        + " is a file: choose another one with --data-dir or log.dirs, or move the file away.");
    }

    @Test
    void whoWaitsForTheHighWatermarkIsCalledOnce() throws IOException {
        Partition partition = start().create(ID, LogConfig.defaults());
        int[] calls = new int[3];
        partition.whenAbove(0, () -> calls[0]++);
        partition.whenAbove(0, () -> calls[1]++).cancel();
        append(partition, "a");
        append(partition, "b");
        partition.whenAbove(0, () -> calls[2]++);
        assertThat(calls).containsExactly(1, 0, 1);
    }

    @Test
    void whoWaitsWhenThePartitionGoesAwayIsToldSo() throws IOException {
        Partitions partitions = start();
        Partition partition = partitions.create(ID, LogConfig.defaults());
        int[] calls = new int[1];
        partition.whenAbove(0, () -> calls[0]++);
        CompletableFuture<Void> committed = partition.whenCommitted(1);
        partitions.delete(POSTS_0);
        assertThat(calls).containsExactly(1);
        assertThat(committed).isCompletedExceptionally();
    }

    @Test
    void acknowledgementsWaitForTheDiskWhereTheTopicSaysSo() throws IOException {
        Partition partition =
                start().create(ID, LogConfig.defaults().withOverrides(Map.of(LogConfig.FLUSH_BEFORE_ACK, "true")));
        faults.failForce = true;
        AppendInfo info = append(partition, "a");
        CompletableFuture<Void> committed = partition.whenCommitted(info.lastOffset() + 1);
        assertThat(partition.read(0, 1000, true).records().sizeInBytes()).isZero();
        assertThat(committed).isNotDone();
        faults.failForce = false;
        append(partition, "b");
        Awaitility.await().untilAsserted(() -> assertThat(committed).isCompleted());
        assertThat(values(partition.read(0, 1000, true).records())).contains("a");
    }

    @Test
    void recordsAreDeletedUpToTheHighWatermarkOnly() throws IOException {
        Partition partition = start().create(ID, LogConfig.defaults());
        append(partition, "a", "b", "c");
        assertThat(partition.deleteRecordsBefore(1)).isEqualTo(1);
        assertThatThrownBy(() -> partition.deleteRecordsBefore(4)).isInstanceOf(OffsetOutOfRangeException.class);
        assertThat(partition.deleteRecordsBefore(-1)).isEqualTo(3);
    }
}
