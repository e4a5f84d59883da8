package freshet.broker.metadata.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.PartitionImage;
import freshet.broker.metadata.TopicImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooKeeperMetadataTest {

    private static final int SECONDS = 20;

    @TempDir
    private Path dir;

    private EmbeddedZooKeeper zooKeeper;
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        zooKeeper = new EmbeddedZooKeeper(dir, 0);
        zooKeeper.start();
    }

    @AfterEach
    void stop() throws Exception {
        Collections.reverse(opened);
        for (AutoCloseable each : opened) {
            each.close();
        }
        zooKeeper.close();
    }

    private ZooKeeperMetadata connect() throws Exception {
        return connect(Duration.ofSeconds(2));
    }

    private ZooKeeperMetadata connect(Duration session) throws Exception {
        ZooKeeperMetadata metadata = new ZooKeeperMetadata(
                new ZooKeeperConfig(zooKeeper.connectString() + "/test", session, Duration.ofSeconds(10)),
                Runnable::run);
        opened.add(metadata);
        metadata.start();
        return metadata;
    }

    private static BrokerImage broker(int id, Uuid incarnation) {
        return new BrokerImage(
                id, incarnation, Map.of("PLAINTEXT", new BrokerImage.Endpoint("localhost", 9000 + id)), "");
    }

    private static TopicImage create(ZooKeeperMetadata metadata, String name, int partitions) throws Exception {
        return metadata.createTopic(name, Collections.nCopies(partitions, List.of(1)), Map.of("retention.ms", "-1"))
                .get(SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aTopicIsInTheImageWhenItsFutureCompletesAndSoonInThatOfOthers() throws Exception {
        ZooKeeperMetadata one = connect();
        ZooKeeperMetadata other = connect();

        TopicImage created = create(one, "posts", 3);

        assertThat(one.image().topic("posts")).contains(created);
        assertThat(one.image().topic(created.id())).contains(created);
        await().untilAsserted(() -> assertThat(other.image().topic("posts")).contains(created));
        assertThat(created.partitions())
                .containsExactly(
                        new PartitionImage(0, List.of(1), 1, 0, List.of(1), 0),
                        new PartitionImage(1, List.of(1), 1, 0, List.of(1), 0),
                        new PartitionImage(2, List.of(1), 1, 0, List.of(1), 0));
        assertThat(created.configs()).containsEntry("retention.ms", "-1");
    }

    @Test
    void aTopicOfSeveralShardsGrowsAndGoesAsAWhole() throws Exception {
        ZooKeeperMetadata metadata = connect();
        create(metadata, "wide", 4_000);

        TopicImage grown = metadata.addPartitions("wide", Collections.nCopies(5_000, List.of(1)))
                .get(SECONDS, TimeUnit.SECONDS);
        assertThat(grown.partitions()).hasSize(9_000);
        assertThat(grown.partition(8_999)).isPresent();

        metadata.deleteTopic(grown.id()).get(SECONDS, TimeUnit.SECONDS);
        assertThat(metadata.image().topic("wide")).isEmpty();
        assertThat(create(metadata, "wide", 1).id()).isNotEqualTo(grown.id());
    }

    @Test
    void aTopicThatIsThereOrNotThereIsToldInKafkasTerms() throws Exception {
        ZooKeeperMetadata metadata = connect();
        create(metadata, "posts", 1);

        assertThatThrownBy(() -> create(metadata, "posts", 1))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(TopicExistsException.class);
        assertThatThrownBy(() -> metadata.deleteTopic(Uuid.randomUuid()).get())
                .hasCauseInstanceOf(UnknownTopicIdException.class);
        assertThatThrownBy(() -> metadata.setTopicConfigs("nowhere", Map.of()).get())
                .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void aChangeThatSomeoneElseWasFirstWithIsDecidedAgain() throws Exception {
        ZooKeeperMetadata one = connect();
        ZooKeeperMetadata other = connect();
        create(one, "posts", 1);
        await().until(() -> other.image().topic("posts").isPresent());

        for (int i = 0; i < 10; i++) {
            var first = one.setTopicConfigs("posts", Map.of("retention.ms", "1" + i));
            var second = other.setTopicConfigs("posts", Map.of("retention.ms", "2" + i));
            first.get(SECONDS, TimeUnit.SECONDS);
            second.get(SECONDS, TimeUnit.SECONDS);
        }

        await().untilAsserted(() ->
                assertThat(one.image().topic("posts")).isEqualTo(other.image().topic("posts")));
    }

    @Test
    void producerIdsAreNeverReservedTwice() throws Exception {
        Set<Long> blocks = new HashSet<>();
        for (int life = 0; life < 2; life++) {
            ZooKeeperMetadata one = connect();
            ZooKeeperMetadata other = connect();
            for (int i = 0; i < 5; i++) {
                assertThat(blocks.add(one.reserveProducerIds(1000).get(SECONDS, TimeUnit.SECONDS)))
                        .isTrue();
                assertThat(blocks.add(other.reserveProducerIds(1000).get(SECONDS, TimeUnit.SECONDS)))
                        .isTrue();
            }
        }
    }

    @Test
    void theFirstBrokerIsControllerAndAnotherTakesItsPlace() throws Exception {
        ZooKeeperMetadata one = connect();
        ZooKeeperMetadata other = connect();
        one.register(broker(1, Uuid.randomUuid()), Set.of());
        other.register(broker(2, Uuid.randomUuid()), Set.of());
        await().untilAsserted(() -> assertThat(one.image().brokers()).containsOnlyKeys(1, 2));
        assertThat(other.image().controllerId()).isEqualTo(1);

        one.close();

        await().untilAsserted(() -> {
            assertThat(other.image().brokers()).containsOnlyKeys(2);
            assertThat(other.image().controllerId()).isEqualTo(2);
        });
    }

    @Test
    void aKilledPredecessorsNodesAreRemovedAtOnce() throws Exception {
        Uuid before = Uuid.randomUuid();
        // Its session goes on: as that of a killed process does, until it times out.
        connect(Duration.ofSeconds(50)).register(broker(1, before), Set.of());

        ZooKeeperMetadata successor = connect(Duration.ofSeconds(50));
        long start = System.nanoTime();
        Uuid now = Uuid.randomUuid();
        // The dead can't come back to fight for its place.
        ((ZooKeeperMetadata) opened.get(0)).forgetSelf();
        successor.register(broker(1, now), Set.of(before));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(successor.image().brokers().get(1).incarnation()).isEqualTo(now);
        assertThat(successor.image().controllerId()).isEqualTo(1);
    }

    @Test
    void aLivingBrokerWithTheSameIdIsNotPushedOut() throws Exception {
        ZooKeeperMetadata one = connect(Duration.ofSeconds(1));
        one.register(broker(1, Uuid.randomUuid()), Set.of());

        assertThatThrownBy(() -> connect(Duration.ofSeconds(1)).register(broker(1, Uuid.randomUuid()), Set.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("A broker with id 1 is already running")
                .hasMessageContaining("broker.id");
        assertThat(one.image().brokers()).containsKey(1);
    }

    @Test
    void aBrokerThatLostItsSessionComesBackAndHearsWhatItMissed() throws Exception {
        ZooKeeperMetadata paused = connect(Duration.ofSeconds(30));
        ZooKeeperMetadata other = connect(Duration.ofSeconds(30));
        paused.register(broker(1, Uuid.randomUuid()), Set.of());

        paused.expireSession();
        TopicImage created = create(other, "meanwhile", 1);

        await().atMost(Duration.ofSeconds(SECONDS)).untilAsserted(() -> {
            assertThat(paused.image().topic("meanwhile")).contains(created);
            assertThat(paused.image().brokers()).containsKey(1);
            assertThat(other.image().brokers()).containsKey(1);
            assertThat(other.image().controllerId()).isEqualTo(1);
        });
        create(other, "later", 1);
        await().atMost(Duration.ofSeconds(SECONDS))
                .until(() -> paused.image().topic("later").isPresent());
    }

    @Test
    void everythingIsThereAgainAfterARestartOfZooKeeper() throws Exception {
        ZooKeeperMetadata metadata = connect(Duration.ofSeconds(30));
        metadata.register(broker(1, Uuid.randomUuid()), Set.of());
        TopicImage created = create(metadata, "posts", 2);
        ClusterImage before = metadata.image();
        int port = zooKeeper.port();

        zooKeeper.close();
        zooKeeper = new EmbeddedZooKeeper(dir, port);
        zooKeeper.start();

        TopicImage next = await().atMost(Duration.ofSeconds(SECONDS))
                .until(
                        () -> {
                            try {
                                return create(metadata, "after", 1);
                            } catch (ExecutionException e) {
                                return metadata.image().topic("after").orElse(null);
                            }
                        },
                        topic -> topic != null);
        assertThat(metadata.image().topics()).containsOnlyKeys("posts", "after");
        assertThat(metadata.image().topic("posts")).contains(created);
        assertThat(next.partitions()).hasSize(1);
        assertThat(metadata.image().clusterId()).isEqualTo(before.clusterId());
        await().untilAsserted(() -> assertThat(metadata.image().brokers()).containsKey(1));
    }

    @Test
    void oldSnapshotsDontPileUpOverRestarts() throws Exception {
        for (int life = 0; life < 7; life++) {
            create(connect(), "life-" + life, 1);
            for (AutoCloseable each : opened) {
                each.close();
            }
            opened.clear();
            zooKeeper.close();
            zooKeeper = new EmbeddedZooKeeper(dir, 0);
            zooKeeper.start();
        }

        try (var files = java.nio.file.Files.list(dir.resolve("version-2"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("snapshot.")))
                    .hasSizeLessThanOrEqualTo(4);
        }
        assertThat(connect().image().topics()).hasSize(7);
    }

    @Test
    void noZooKeeperIsOneSentence() {
        ZooKeeperMetadata nowhere = new ZooKeeperMetadata(
                new ZooKeeperConfig("127.0.0.1:1", Duration.ofSeconds(1), Duration.ofMillis(300)), Runnable::run);
        assertThatThrownBy(nowhere::start)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "Cannot reach ZooKeeper at 127.0.0.1:1 within 300 ms: check zookeeper.connect and whether it is"
                                + " running.");
    }

    @Test
    void aPortThatIsTakenFailsTheStartAndLeavesNothingRunning(@TempDir Path other) {
        EmbeddedZooKeeper second = new EmbeddedZooKeeper(other, zooKeeper.port());
        assertThatThrownBy(second::start).isInstanceOf(IOException.class).hasMessageContaining("embedded ZooKeeper");
    }
}
