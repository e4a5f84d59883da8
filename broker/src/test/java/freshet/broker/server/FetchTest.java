package freshet.broker.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Long polls, limits, sessions and acknowledgements, on the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FetchTest {

    private static final short VERSION = 17;
    private static final int LONG_MS = 25_000;

    private TestBroker broker;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        broker = TestBroker.start(dir);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private SampleRequests topic(String name) throws Exception {
        broker.createTopic(name, 2, Map.of());
        return new SampleRequests(name, SampleRequests.topicId(broker, name));
    }

    private static FetchRequestData fetch(SampleRequests samples, int partition, int maxWaitMs, int minBytes) {
        return ((FetchRequestData) samples.fetch(VERSION, "", null, partition))
                .setMaxWaitMs(maxWaitMs)
                .setMinBytes(minBytes);
    }

    private static void produce(RawClient client, SampleRequests samples) throws Exception {
        client.ask(ApiKeys.PRODUCE, (short) 9, samples.produce((short) 9));
    }

    private static PartitionData only(Object response) {
        return ((FetchResponseData) response).responses().get(0).partitions().get(0);
    }

    private static int bytes(PartitionData data) {
        return ((Records) data.records()).sizeInBytes();
    }

    @Test
    void aFetchAtTheEndIsAnsweredAsSoonAsSomethingComes() throws Exception {
        SampleRequests samples = topic("polled");
        try (RawClient reader = new RawClient(broker.port());
                RawClient writer = new RawClient(broker.port())) {
            long start = System.nanoTime();
            RequestHeader sent = reader.send(ApiKeys.FETCH, VERSION, fetch(samples, 0, LONG_MS, 1));

            produce(writer, samples);

            assertThat(bytes(only(reader.receive(sent)))).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(LONG_MS - 5_000));
        }
    }

    @Test
    void aFetchWaitsForItsMinimumOfBytes() throws Exception {
        SampleRequests samples = topic("filled");
        try (RawClient reader = new RawClient(broker.port());
                RawClient writer = new RawClient(broker.port())) {
            RequestHeader sent = reader.send(ApiKeys.FETCH, VERSION, fetch(samples, 0, LONG_MS, 1_000));
            for (int i = 0; i < 10; i++) {
                produce(writer, samples);
            }
            assertThat(bytes(only(reader.receive(sent)))).isGreaterThanOrEqualTo(1_000);
        }
    }

    @Test
    void aFetchThatGetsNothingIsAnsweredWhenItsTimeIsUp() throws Exception {
        SampleRequests samples = topic("quiet");
        try (RawClient reader = new RawClient(broker.port())) {
            long start = System.nanoTime();
            PartitionData data = only(reader.ask(ApiKeys.FETCH, VERSION, fetch(samples, 1, 300, 1)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            assertThat(bytes(data)).isZero();
            assertThat(data.highWatermark()).isZero();
        }
    }

    @Test
    void aWaitingFetchHearsThatItsTopicWasDeleted() throws Exception {
        SampleRequests samples = topic("doomed");
        try (RawClient reader = new RawClient(broker.port());
                var admin = broker.admin()) {
            RequestHeader sent = reader.send(ApiKeys.FETCH, VERSION, fetch(samples, 0, LONG_MS, 1));
            admin.deleteTopics(List.of("doomed")).all().get();
            assertThat(only(reader.receive(sent)).errorCode())
                    .isIn(Errors.UNKNOWN_TOPIC_ID.code(), Errors.NOT_LEADER_OR_FOLLOWER.code());
        }
    }

    @Test
    void theFirstBatchComesWholeHoweverSmallTheLimits() throws Exception {
        SampleRequests samples = topic("tight");
        try (RawClient client = new RawClient(broker.port())) {
            produce(client, samples);
            FetchRequestData request = fetch(samples, 0, 100, 1).setMaxBytes(1);
            request.topics().get(0).partitions().get(0).setPartitionMaxBytes(1);
            assertThat(((Records) only(client.ask(ApiKeys.FETCH, VERSION, request))
                                    .records())
                            .batches()
                            .iterator()
                            .next()
                            .isValid())
                    .isTrue();
        }
    }

    @Test
    void anOffsetThatIsNotThereAndAnEpochThatIsPastAreErrors() throws Exception {
        SampleRequests samples = topic("bounds");
        try (RawClient client = new RawClient(broker.port())) {
            FetchRequestData beyond = fetch(samples, 0, LONG_MS, 1);
            beyond.topics().get(0).partitions().get(0).setFetchOffset(99);
            assertThat(only(client.ask(ApiKeys.FETCH, VERSION, beyond)).errorCode())
                    .isEqualTo(Errors.OFFSET_OUT_OF_RANGE.code());

            FetchRequestData future = fetch(samples, 0, LONG_MS, 1);
            future.topics().get(0).partitions().get(0).setCurrentLeaderEpoch(99);
            assertThat(only(client.ask(ApiKeys.FETCH, VERSION, future)).errorCode())
                    .isEqualTo(Errors.UNKNOWN_LEADER_EPOCH.code());
        }
    }

    @Test
    void sessionsAreDeclined() throws Exception {
        SampleRequests samples = topic("sessions");
        try (RawClient client = new RawClient(broker.port())) {
            FetchRequestData first = fetch(samples, 0, 0, 1).setSessionId(0).setSessionEpoch(0);
            assertThat(((FetchResponseData) client.ask(ApiKeys.FETCH, VERSION, first)).sessionId())
                    .isZero();
            FetchRequestData next = fetch(samples, 0, 0, 1).setSessionId(77).setSessionEpoch(3);
            assertThat(((FetchResponseData) client.ask(ApiKeys.FETCH, VERSION, next)).errorCode())
                    .isEqualTo(Errors.FETCH_SESSION_ID_NOT_FOUND.code());
        }
    }

    @Test
    void aProducerThatWantsNoAnswerGetsNoneAndAFailureClosesItsConnection() throws Exception {
        SampleRequests samples = topic("unacked");
        ProduceRequestData request = ((ProduceRequestData) samples.produce((short) 9)).setAcks((short) 0);
        try (RawClient client = new RawClient(broker.port())) {
            client.send(ApiKeys.PRODUCE, (short) 9, request);
            // The next answer on the wire is the next request's.
            assertThat(bytes(only(client.ask(ApiKeys.FETCH, VERSION, fetch(samples, 0, LONG_MS, 1)))))
                    .isPositive();

            SampleRequests nowhere = new SampleRequests("nowhere", Uuid.randomUuid());
            client.send(
                    ApiKeys.PRODUCE, (short) 9, ((ProduceRequestData) nowhere.produce((short) 9)).setAcks((short) 0));
            assertThat(client.isClosedByBroker()).isTrue();
        }
    }

    @Test
    void acksThatAreNoneAreAnError() throws Exception {
        SampleRequests samples = topic("odd-acks");
        try (RawClient client = new RawClient(broker.port())) {
            ProduceRequestData request = ((ProduceRequestData) samples.produce((short) 9)).setAcks((short) 7);
            ProduceResponseData answer = (ProduceResponseData) client.ask(ApiKeys.PRODUCE, (short) 9, request);
            assertThat(answer.responses()
                            .iterator()
                            .next()
                            .partitionResponses()
                            .get(0)
                            .errorCode())
                    .isEqualTo(Errors.INVALID_REQUIRED_ACKS.code());
        }
    }
}
