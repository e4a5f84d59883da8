package freshet.broker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator sees through Kafka's own Admin client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminTest {

    private TestBroker broker;
    private Admin admin;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        broker = TestBroker.start(dir, Map.of("num.partitions", "3", "log.retention.hours", "2"));
        admin = broker.admin();
    }

    @AfterAll
    void stop() {
        admin.close();
        broker.close();
    }

    private static <T> T get(KafkaFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    private TopicDescription describe(String topic) throws Exception {
        return get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
    }

    private Config config(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return get(admin.describeConfigs(List.of(resource)).all()).get(resource);
    }

    private void create(String topic, int partitions) throws Exception {
        get(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all());
    }

    private void produce(String topic, int partition, int count) {
        try (KafkaProducer<String, String> producer = broker.producer(Map.of())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, partition, 1_000L + i, "k", "v" + i));
            }
        }
    }

    @Test
    void aTopicIsCreatedDescribedListedAndDeleted() throws Exception {
        CreateTopicsResult created = admin.createTopics(
                List.of(new NewTopic("life", 2, (short) 1).configs(Map.of("cleanup.policy", "compact"))));
        Uuid id = get(created.topicId("life"));
        assertThat(get(created.numPartitions("life"))).isEqualTo(2);
        assertThat(get(created.config("life")).get("cleanup.policy").value()).isEqualTo("compact");

        TopicDescription description = describe("life");
        assertThat(description.topicId()).isEqualTo(id);
        assertThat(description.partitions()).hasSize(2).allSatisfy(partition -> {
            assertThat(partition.leader().id()).isEqualTo(1);
            assertThat(partition.isr()).hasSize(1);
        });
        assertThat(get(admin.listTopics().names())).contains("life");

        get(admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id))).all());
        assertThat(get(admin.listTopics().names())).doesNotContain("life");
        assertThatThrownBy(() -> describe("life")).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        assertThatThrownBy(() -> get(admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id)))
                        .all()))
                .hasCauseInstanceOf(UnknownTopicIdException.class);
    }

    @Test
    void aTopicMadeAnewUnderItsOldNameIsEmpty() throws Exception {
        create("again", 1);
        produce("again", 0, 10);
        get(admin.deleteTopics(List.of("again")).all());
        create("again", 1);

        produce("again", 0, 1);

        assertThat(KafkaClientsTest.readAll(broker, "again", 1, 1)).hasSize(1);
    }

    @Test
    void whatATopicCannotBeIsToldInKafkasTerms() throws Exception {
        create("present", 1);
        assertRefused(new NewTopic("present", 1, (short) 1), TopicExistsException.class);
        assertRefused(new NewTopic("bad/name", 1, (short) 1), InvalidTopicException.class);
        assertRefused(new NewTopic("none", 0, (short) 1), InvalidPartitionsException.class);
        assertRefused(new NewTopic("many", 100_000, (short) 1), InvalidPartitionsException.class);
        assertRefused(new NewTopic("wide", 1, (short) 2), InvalidReplicationFactorException.class);
        assertRefused(new NewTopic("placed", Map.of(0, List.of(9))), InvalidReplicaAssignmentException.class);
        assertRefused(
                new NewTopic("odd", 1, (short) 1).configs(Map.of("retention.ms", "soon")),
                InvalidConfigurationException.class);
        assertRefused(
                new NewTopic("odd", 1, (short) 1).configs(Map.of("no.such.setting", "1")),
                InvalidConfigurationException.class);
        create("dot.ted", 1);
        assertRefused(new NewTopic("dot_ted", 1, (short) 1), InvalidTopicException.class);
    }

    private void assertRefused(NewTopic topic, Class<? extends Exception> error) {
        assertThatThrownBy(() -> get(admin.createTopics(List.of(topic)).all()))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(error);
    }

    @Test
    void validateOnlyChangesNothing() throws Exception {
        get(admin.createTopics(
                        List.of(new NewTopic("thought", 1, (short) 1)), new CreateTopicsOptions().validateOnly(true))
                .all());
        assertThat(get(admin.listTopics().names())).doesNotContain("thought");
    }

    @Test
    void defaultsAndPlacingByHandAreTheBrokersAndTheUsers() throws Exception {
        get(admin.createTopics(List.of(
                        new NewTopic("defaults", java.util.Optional.empty(), java.util.Optional.empty()),
                        new NewTopic("by-hand", Map.of(0, List.of(1), 1, List.of(1)))))
                .all());
        assertThat(describe("defaults").partitions()).hasSize(3);
        assertThat(describe("by-hand").partitions()).hasSize(2);
    }

    @Test
    void partitionsAreAddedAndTakeRecords() throws Exception {
        create("growing", 1);
        get(admin.createPartitions(Map.of("growing", NewPartitions.increaseTo(3)))
                .all());
        assertThat(describe("growing").partitions()).hasSize(3);

        produce("growing", 2, 5);

        assertThat(KafkaClientsTest.readAll(broker, "growing", 3, 5)).hasSize(5);
        assertThatThrownBy(() -> get(admin.createPartitions(Map.of("growing", NewPartitions.increaseTo(2)))
                        .all()))
                .hasCauseInstanceOf(InvalidPartitionsException.class);
    }

    @Test
    void settingsAreSetAppendedSubtractedAndUnset() throws Exception {
        create("tuned", 1);
        ConfigEntry before = config("tuned").get("retention.ms");
        assertThat(before.value()).isEqualTo("7200000");
        assertThat(before.source()).isEqualTo(ConfigEntry.ConfigSource.STATIC_BROKER_CONFIG);

        alter("tuned", "retention.ms", "-1", AlterConfigOp.OpType.SET);
        alter("tuned", "cleanup.policy", "compact", AlterConfigOp.OpType.APPEND);
        assertThat(config("tuned").get("retention.ms").value()).isEqualTo("-1");
        assertThat(config("tuned").get("retention.ms").source())
                .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertThat(config("tuned").get("cleanup.policy").value()).isEqualTo("delete,compact");

        alter("tuned", "cleanup.policy", "delete", AlterConfigOp.OpType.SUBTRACT);
        alter("tuned", "retention.ms", null, AlterConfigOp.OpType.DELETE);
        assertThat(config("tuned").get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(config("tuned").get("retention.ms").value()).isEqualTo("7200000");

        assertThatThrownBy(() -> alter("tuned", "retention.ms", "soon", AlterConfigOp.OpType.SET))
                .hasCauseInstanceOf(InvalidConfigurationException.class);
        assertThatThrownBy(() -> alter("nowhere", "retention.ms", "1", AlterConfigOp.OpType.SET))
                .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }

    private void alter(String topic, String key, String value, AlterConfigOp.OpType type) throws Exception {
        Collection<AlterConfigOp> operations = List.of(new AlterConfigOp(new ConfigEntry(key, value), type));
        get(admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), operations))
                .all());
    }

    @Test
    void offsetsAreFoundByTimeAndRecordsDeletedBeforeOne() throws Exception {
        create("timed", 1);
        produce("timed", 0, 100);
        TopicPartition partition = new TopicPartition("timed", 0);

        assertThat(offset(partition, OffsetSpec.latest())).isEqualTo(100);
        assertThat(offset(partition, OffsetSpec.earliest())).isZero();
        assertThat(offset(partition, OffsetSpec.forTimestamp(1_042))).isEqualTo(42);
        assertThat(offset(partition, OffsetSpec.forTimestamp(9_999))).isEqualTo(-1);
        assertThat(offset(partition, OffsetSpec.maxTimestamp())).isEqualTo(99);

        assertThat(get(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(30)))
                                .lowWatermarks()
                                .get(partition))
                        .lowWatermark())
                .isEqualTo(30);
        assertThat(offset(partition, OffsetSpec.earliest())).isEqualTo(30);
        assertThatThrownBy(() -> get(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(999)))
                        .all()))
                .hasCauseInstanceOf(OffsetOutOfRangeException.class);
    }

    private long offset(TopicPartition partition, OffsetSpec spec) throws Exception {
        return get(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition))
                .offset();
    }

    @Test
    void theClusterAndItsDiskAreDescribed() throws Exception {
        create("sized", 1);
        produce("sized", 0, 10);
        assertThat(get(admin.describeCluster().nodes()))
                .hasSize(1)
                .allSatisfy(node -> assertThat(node.port()).isEqualTo(broker.port()));
        assertThat(get(admin.describeCluster().controller()).id()).isEqualTo(1);
        assertThat(get(admin.describeCluster().clusterId())).isNotEmpty();
        assertThat(get(admin.describeLogDirs(List.of(1)).allDescriptions())
                        .get(1)
                        .values())
                .singleElement()
                .satisfies(dir -> {
                    assertThat(dir.replicaInfos()
                                    .get(new TopicPartition("sized", 0))
                                    .size())
                            .isPositive();
                    assertThat(dir.usableBytes()).isPresent();
                });
    }

    @Test
    void aTopicThatSomeoneProducesToIsCreatedOnTheWay() throws Exception {
        produce("sudden", 1, 3);
        assertThat(describe("sudden").partitions()).hasSize(3);
    }
}
