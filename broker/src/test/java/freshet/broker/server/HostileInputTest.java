package freshet.broker.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes from outside harms nobody but its own connection. */
class HostileInputTest {

    private TestBroker broker;

    @BeforeEach
    void start(@TempDir Path dir) throws Exception {
        broker = TestBroker.start(dir, Map.of("socket.request.max.bytes", "16000000"));
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private void assertBrokerServes() throws Exception {
        try (RawClient client = new RawClient(broker.port())) {
            assertThat(client.ask(ApiKeys.API_VERSIONS, (short) 0, new ApiVersionsRequestData()))
                    .isNotNull();
        }
    }

    @Test
    void httpClosesItsConnection() throws Exception {
        try (RawClient client = new RawClient(broker.port())) {
            client.sendBytes("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.isClosedByBroker()).isTrue();
        }
        assertBrokerServes();
    }

    @Test
    void lengthsThatCannotBeCloseTheirConnection() throws Exception {
        for (byte[] length :
                List.of(new byte[] {-1, -1, -1, -1}, new byte[] {0, 0, 0, 0}, new byte[] {127, -1, -1, -1})) {
            try (RawClient client = new RawClient(broker.port())) {
                client.sendBytes(length);
                assertThat(client.isClosedByBroker()).isTrue();
            }
        }
        assertBrokerServes();
    }

    @Test
    void randomBytesInWellFormedFramesCloseTheirConnection() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            try (RawClient client = new RawClient(broker.port())) {
                byte[] frame = new byte[4 + 8 + random.nextInt(200)];
                random.nextBytes(frame);
                frame[0] = 0;
                frame[1] = 0;
                frame[2] = 0;
                frame[3] = (byte) (frame.length - 4);
                // Of an API and version that is spoken, so that the body is looked at.
                frame[4] = 0;
                frame[5] = (byte) random.nextInt(20);
                frame[6] = 0;
                frame[7] = (byte) random.nextInt(12);
                client.sendBytes(java.util.Arrays.copyOf(frame, 4 + (frame[3] & 0xff)));
            }
        }
        assertBrokerServes();
    }

    @Test
    void aSmallFrameThatClaimsMillionsOfEntriesIsRefused() throws Exception {
        try (RawClient client = new RawClient(broker.port())) {
            // Metadata version 1: header, then an array of two billion topics.
            client.sendBytes(new byte[] {0, 0, 0, 14, 0, 3, 0, 1, 0, 0, 0, 1, 0, 0, 127, -1, -1, -1});
            assertThat(client.isClosedByBroker()).isTrue();
        }
        assertBrokerServes();
    }

    @Test
    void aFrameOfMillionsOfEmptyEntriesIsRefused() throws Exception {
        byte[] frame = new byte[10_000_000];
        // Metadata version 1, and a topic with an empty name every two bytes.
        byte[] start = {0, 3, 0, 1, 0, 0, 0, 1, 0, 0};
        System.arraycopy(start, 0, frame, 0, start.length);
        java.nio.ByteBuffer.wrap(frame).putInt(10, (frame.length - 14) / 2);
        try (RawClient client = new RawClient(broker.port())) {
            client.sendBytes(
                    java.nio.ByteBuffer.allocate(4).putInt(frame.length).array());
            client.sendBytes(frame);
            assertThat(client.isClosedByBroker()).isTrue();
        }
        assertBrokerServes();
    }

    @Test
    void aFetchWithAbsurdSizesIsAnswered() throws Exception {
        broker.createTopic("posts", 1, Map.of());
        SampleRequests samples = new SampleRequests("posts", SampleRequests.topicId(broker, "posts"));
        try (RawClient client = new RawClient(broker.port())) {
            client.ask(ApiKeys.PRODUCE, (short) 9, samples.produce((short) 9));
            for (int size : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0}) {
                FetchResponseData answer = (FetchResponseData)
                        client.ask(ApiKeys.FETCH, (short) 11, fetch(1, Math.max(size, 0), size, size));
                assertThat(answer.responses().get(0).partitions().get(0).errorCode())
                        .isEqualTo(Errors.NONE.code());
            }
        }
    }

    @Test
    void aFetchOfAHundredThousandPartitionsIsAnsweredOrRefused() throws Exception {
        try (RawClient client = new RawClient(broker.port())) {
            FetchResponseData answer =
                    (FetchResponseData) client.ask(ApiKeys.FETCH, (short) 11, fetch(100_000, 10, 1, 1));
            assertThat(answer.responses().get(0).partitions()).hasSize(100_000);
        }
        assertBrokerServes();
    }

    private static FetchRequestData fetch(int partitions, int minBytes, int maxBytes, int partitionMaxBytes) {
        List<FetchRequestData.FetchPartition> all = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            all.add(new FetchRequestData.FetchPartition()
                    .setPartition(i)
                    .setFetchOffset(0)
                    .setPartitionMaxBytes(partitionMaxBytes));
        }
        return new FetchRequestData()
                .setMaxWaitMs(50)
                .setMinBytes(minBytes)
                .setMaxBytes(maxBytes)
                .setTopics(List.of(
                        new FetchRequestData.FetchTopic().setTopic("posts").setPartitions(all)));
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        broker.createTopic("posts", 1, Map.of());
        try (RawClient client = new RawClient(broker.port())) {
            List<RequestHeader> sent = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                // A fetch that waits, then one that doesn't, and so on.
                sent.add(
                        i % 50 == 0
                                ? client.send(ApiKeys.FETCH, (short) 11, fetch(1, 1, 1 << 20, 1 << 20))
                                : client.send(ApiKeys.METADATA, (short) 5, new MetadataRequestData().setTopics(null)));
            }
            for (RequestHeader header : sent) {
                // Fails when the correlation id is another's.
                assertThat(client.receive(header)).isNotNull();
            }
        }
    }
}
