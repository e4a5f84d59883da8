package freshet.broker.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each API answers in each version that it is advertised in: generated messages throw on fields an old version lacks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryVersionTest {

    private TestBroker broker;
    private SampleRequests samples;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        broker = TestBroker.start(dir, Map.of("group.initial.rebalance.delay.ms", "0"));
        broker.createTopic("posts", 2, Map.of());
        samples = new SampleRequests("posts", SampleRequests.topicId(broker, "posts"));
        try (RawClient client = new RawClient(broker.port())) {
            // Something to find.
            client.ask(ApiKeys.PRODUCE, (short) 9, samples.produce((short) 9));
        }
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    Stream<String> advertised() throws Exception {
        List<String> all = new ArrayList<>();
        for (ApiVersion api : versions()) {
            ApiKeys key = ApiKeys.forId(api.apiKey());
            // Produce is advertised from 0 for librdkafka's sake only.
            short from = key == ApiKeys.PRODUCE ? key.oldestVersion() : api.minVersion();
            for (short version = from; version <= api.maxVersion(); version++) {
                all.add(key.name() + " " + version);
            }
        }
        return all.stream();
    }

    private List<ApiVersion> versions() throws Exception {
        try (RawClient client = new RawClient(broker.port())) {
            ApiVersionsResponseData response =
                    (ApiVersionsResponseData) client.ask(ApiKeys.API_VERSIONS, (short) 0, new ApiVersionsRequestData());
            return List.copyOf(response.apiKeys());
        }
    }

    @ParameterizedTest
    @MethodSource("advertised")
    void answersWithoutClosingTheConnection(String api) throws Exception {
        ApiKeys key = ApiKeys.valueOf(api.split(" ")[0]);
        short version = Short.parseShort(api.split(" ")[1]);
        try (RawClient client = new RawClient(broker.port())) {
            for (ApiMessage request : samples.of(key, version)) {
                ApiMessage answer = client.ask(key, version, request);
                assertThat(answer.toString()).doesNotContain("errorCode=" + Errors.UNKNOWN_SERVER_ERROR.code() + ",");
            }
        }
    }

    @Test
    void theNewestClientFindsAllItNeedsAndNoMore() throws Exception {
        assertThat(versions())
                .extracting(api -> ApiKeys.forId(api.apiKey()))
                .contains(
                        ApiKeys.PRODUCE,
                        ApiKeys.FETCH,
                        ApiKeys.LIST_OFFSETS,
                        ApiKeys.METADATA,
                        ApiKeys.FIND_COORDINATOR,
                        ApiKeys.JOIN_GROUP,
                        ApiKeys.SYNC_GROUP,
                        ApiKeys.HEARTBEAT,
                        ApiKeys.LEAVE_GROUP,
                        ApiKeys.OFFSET_COMMIT,
                        ApiKeys.OFFSET_FETCH,
                        ApiKeys.INIT_PRODUCER_ID,
                        ApiKeys.CREATE_TOPICS,
                        ApiKeys.DELETE_TOPICS,
                        ApiKeys.DELETE_RECORDS,
                        ApiKeys.DESCRIBE_CLUSTER)
                .doesNotContain(
                        ApiKeys.GET_TELEMETRY_SUBSCRIPTIONS,
                        ApiKeys.PUSH_TELEMETRY,
                        ApiKeys.CONSUMER_GROUP_HEARTBEAT,
                        ApiKeys.ADD_PARTITIONS_TO_TXN);
    }

    @Test
    void anApiVersionsRequestFromTheFutureIsAnsweredInVersion0() throws Exception {
        try (RawClient client = new RawClient(broker.port())) {
            byte[] frame = {0, 18, 0, 99, 0, 0, 0, 7, 1, 2, 3, 4};
            client.sendBytes(new byte[] {0, 0, 0, (byte) frame.length});
            client.sendBytes(frame);
            ApiVersionsResponseData answer = (ApiVersionsResponseData) client.receive(
                    new org.apache.kafka.common.requests.RequestHeader(ApiKeys.API_VERSIONS, (short) 0, "", 7));
            assertThat(answer.errorCode()).isEqualTo(Errors.UNSUPPORTED_VERSION.code());
            assertThat(answer.apiKeys()).isNotEmpty();
        }
    }

    @Test
    void aVersionThatIsNotAdvertisedClosesTheConnectionOnly() throws Exception {
        try (RawClient client = new RawClient(broker.port())) {
            client.sendBytes(new byte[] {0, 0, 0, 12, 0, 3, 0, 99, 0, 0, 0, 1, 0, 0, 0, 0});
            assertThat(client.isClosedByBroker()).isTrue();
        }
        assertThat(versions()).isNotEmpty();
    }
}
