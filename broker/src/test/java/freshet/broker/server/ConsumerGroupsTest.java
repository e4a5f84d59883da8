package freshet.broker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups as Kafka's own client lives in them, over TCP. */
class ConsumerGroupsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String TOPIC = "posts";
    private static final int PARTITIONS = 4;

    @TempDir
    Path dataDir;

    private TestBroker broker;
    private final List<KafkaConsumer<String, String>> consumers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start(dataDir);
        broker.createTopic(TOPIC, PARTITIONS, Map.of());
    }

    @AfterEach
    void stop() {
        consumers.forEach(consumer -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
        broker.close();
    }

    private void produce(int count) {
        try (KafkaProducer<String, String> producer = broker.producer(Map.of())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(TOPIC, i % PARTITIONS, null, "value " + i));
            }
        }
    }

    private KafkaConsumer<String, String> member(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "group.id",
                "readers",
                "heartbeat.interval.ms",
                100,
                "session.timeout.ms",
                6_000,
                "max.poll.interval.ms",
                10_000));
        all.putAll(settings);
        KafkaConsumer<String, String> consumer = broker.consumer(all);
        consumers.add(consumer);
        return consumer;
    }

    private KafkaConsumer<String, String> subscribed(Map<String, Object> settings) {
        KafkaConsumer<String, String> consumer = member(settings);
        consumer.subscribe(List.of(TOPIC));
        return consumer;
    }

    private void pollUntilShared(List<KafkaConsumer<String, String>> members) {
        await().pollInSameThread().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            members.forEach(each -> each.poll(POLL));
            Set<TopicPartition> all = new HashSet<>();
            members.forEach(each -> all.addAll(each.assignment()));
            int sum =
                    members.stream().mapToInt(each -> each.assignment().size()).sum();
            return sum == PARTITIONS
                    && all.size() == PARTITIONS
                    && members.stream().noneMatch(each -> each.assignment().isEmpty());
        });
    }

    private static List<String> read(KafkaConsumer<String, String> consumer, int count) {
        List<String> values = new ArrayList<>();
        await().pollInSameThread().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                values.add(record.value());
            }
            return values.size() >= count;
        });
        return values;
    }

    @Test
    void twoConsumersShareTheTopicAndOneTakesAllWhenTheOtherCloses() {
        KafkaConsumer<String, String> first = subscribed(Map.of());
        KafkaConsumer<String, String> second = subscribed(Map.of());
        pollUntilShared(List.of(first, second));

        second.close();
        consumers.remove(second);

        pollUntilShared(List.of(first));
        assertThat(first.assignment()).hasSize(PARTITIONS);
    }

    @Test
    void aCooperativeRebalanceLeavesWhatNeedNotMoveInPlace() {
        Map<String, Object> cooperative =
                Map.of("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        KafkaConsumer<String, String> first = member(cooperative);
        List<TopicPartition> revoked = new ArrayList<>();
        first.subscribe(List.of(TOPIC), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                revoked.addAll(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        });
        pollUntilShared(List.of(first));

        KafkaConsumer<String, String> second = subscribed(cooperative);
        pollUntilShared(List.of(first, second));

        assertThat(revoked).hasSize(PARTITIONS / 2);
    }

    @Test
    void aStaticMemberComesBackToItsPartitionsWithoutARebalance() {
        KafkaConsumer<String, String> one = subscribed(Map.of("group.instance.id", "one"));
        KafkaConsumer<String, String> two = subscribed(Map.of("group.instance.id", "two"));
        pollUntilShared(List.of(one, two));
        Set<TopicPartition> before = two.assignment();
        int generation = one.groupMetadata().generationId();
        two.close();
        consumers.remove(two);

        KafkaConsumer<String, String> back = subscribed(Map.of("group.instance.id", "two"));
        await().pollInSameThread().atMost(PATIENCE).until(() -> {
            one.poll(POLL);
            back.poll(POLL);
            return !back.assignment().isEmpty();
        });

        assertThat(back.assignment()).isEqualTo(before);
        assertThat(one.groupMetadata().generationId()).isEqualTo(generation);
        assertThat(back.groupMetadata().generationId()).isEqualTo(generation);
    }

    @Test
    void aConsumerGoesOnWhereItsGroupWasAfterTheBrokerRestarts() throws IOException {
        produce(40);
        KafkaConsumer<String, String> consumer = subscribed(Map.of());
        assertThat(read(consumer, 40)).hasSize(40);
        consumer.commitSync();
        int port = broker.port();
        broker.close();
        broker = TestBroker.start(dataDir, Map.of("listeners", "PLAINTEXT://127.0.0.1:" + port));

        produce(8);

        assertThat(read(consumer, 8)).hasSize(8);
        consumer.commitSync();
        consumer.close();
        consumers.remove(consumer);
        produce(4);
        assertThat(read(subscribed(Map.of()), 4)).hasSize(4);
    }

    @Test
    void offsetsAndTheirMetadataAreKeptForConsumersWithoutSubscription() {
        TopicPartition partition = new TopicPartition(TOPIC, 1);
        KafkaConsumer<String, String> alone = member(Map.of());
        alone.assign(List.of(partition));
        alone.commitSync(Map.of(partition, new OffsetAndMetadata(7, "where I was")));

        OffsetAndMetadata committed =
                member(Map.of()).committed(Set.of(partition)).get(partition);

        assertThat(committed.offset()).isEqualTo(7);
        assertThat(committed.metadata()).isEqualTo("where I was");
    }

    @Test
    void nobodyButTheBrokerWritesIntoItsOwnTopic() {
        member(Map.of()).committed(Set.of(new TopicPartition(TOPIC, 0)));
        try (KafkaProducer<String, String> producer = broker.producer(Map.of())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("__consumer_offsets", 0, "key", "value"))
                            .get())
                    .hasCauseInstanceOf(InvalidTopicException.class);
        }
    }

    @Test
    void anAdministratorSeesAndDeletesGroups() throws Exception {
        KafkaConsumer<String, String> consumer = subscribed(Map.of("client.id", "reader-1"));
        pollUntilShared(List.of(consumer));
        consumer.commitSync(Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(3)));
        try (Admin admin = broker.admin()) {
            assertThat(admin.listGroups().all().get())
                    .extracting(GroupListing::groupId)
                    .containsExactly("readers");
            ConsumerGroupDescription described =
                    admin.describeConsumerGroups(List.of("readers")).all().get().get("readers");
            assertThat(described.groupState()).isEqualTo(GroupState.STABLE);
            assertThat(described.members()).singleElement().satisfies(member -> {
                assertThat(member.clientId()).isEqualTo("reader-1");
                assertThat(member.assignment().topicPartitions()).hasSize(PARTITIONS);
            });
            assertThatThrownBy(() ->
                            admin.deleteConsumerGroups(List.of("readers")).all().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(GroupNotEmptyException.class);

            consumer.close();
            consumers.remove(consumer);
            TopicPartition first = new TopicPartition(TOPIC, 0);
            admin.alterConsumerGroupOffsets("readers", Map.of(first, new OffsetAndMetadata(9)))
                    .all()
                    .get();
            assertThat(admin.listConsumerGroupOffsets("readers")
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .get(first)
                            .offset())
                    .isEqualTo(9);
            admin.deleteConsumerGroupOffsets("readers", Set.of(first)).all().get();
            admin.deleteConsumerGroups(List.of("readers")).all().get();
            assertThat(admin.listGroups().all().get()).isEmpty();
            assertThatThrownBy(() -> admin.describeConsumerGroups(List.of("readers"))
                            .all()
                            .get())
                    .hasCauseInstanceOf(GroupIdNotFoundException.class);
        }
    }
}
