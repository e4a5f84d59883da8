package freshet.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.twitter.hbc.ClientBuilder;
import com.twitter.hbc.core.Client;
import com.twitter.hbc.core.HttpHosts;
import com.twitter.hbc.core.endpoint.StatusesFilterEndpoint;
import com.twitter.hbc.core.endpoint.StatusesSampleEndpoint;
import com.twitter.hbc.core.endpoint.StreamingEndpoint;
import com.twitter.hbc.core.processor.StringDelimitedProcessor;
import com.twitter.hbc.httpclient.auth.OAuth1;
import freshet.ingest.mock.FailurePlan;
import freshet.ingest.mock.MockConfig;
import freshet.ingest.mock.MockServer;
import freshet.ingest.mock.OAuthKeys;
import freshet.ingest.pipeline.Speed;
import freshet.ingest.source.WallTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twitter's own Hosebird client against the mock feed, unmodified: compressed, by length (in bytes, also where those of
 * one character lie in two chunks), with signatures that are checked, through its own reconnecting.
 */
@Timeout(60)
class OtherTwitterClientsTest {

    /** Letters, digits and a hyphen, as Twitter's were: the client signs no others as RFC 5849 says. */
    private static final OAuthKeys KEYS = new OAuthKeys("key", "secret", "1-token", "itsSecret");

    private static final int STATUSES = 2_000;

    @TempDir
    Path folder;

    @Test
    void hosebirdReadsTheSampleWhole() throws Exception {
        try (MockServer feed = feed("ok")) {
            assertThat(read(feed, new StatusesSampleEndpoint(), STATUSES))
                    .isEqualTo(IntStream.range(0, STATUSES).mapToObj(this::text).toList());
        }
    }

    @Test
    void hosebirdConnectsAgainWhereItIsCutOff() throws Exception {
        try (MockServer feed = feed("503,cut@100,disconnect@10")) {
            List<String> texts = read(feed, new StatusesSampleEndpoint(), 110 + STATUSES);
            assertThat(texts.subList(110, texts.size()))
                    .isEqualTo(IntStream.range(0, STATUSES).mapToObj(this::text).toList());
        }
    }

    @Test
    void hosebirdFilters() throws Exception {
        StatusesFilterEndpoint endpoint = new StatusesFilterEndpoint();
        endpoint.trackTerms(List.of("größe 7", "東京 & (8)", "it's~ 9"));
        try (MockServer feed = feed("ok")) {
            assertThat(read(feed, endpoint, 3)).containsExactly(text(7), text(8), text(9));
        }
    }

    private String text(int number) {
        return number + " Größe 東京 it's~ & (" + number + ") " + "🏔".repeat(number % 50);
    }

    private MockServer feed(String failures) throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < STATUSES; i++) {
            lines.add("{\"created_at\":\"Wed Jul 03 06:29:00 +0000 2019\",\"id\":" + (i + 1) + ",\"id_str\":\""
                    + (i + 1) + "\",\"text\":\"" + text(i)
                    + "\",\"user\":{\"id\":1,\"id_str\":\"1\",\"screen_name\":\"a\"}}");
        }
        Path file = Files.write(folder.resolve("day.ndjson"), lines);
        MockConfig config = new MockConfig(
                file,
                "127.0.0.1",
                0,
                Speed.MAX,
                false,
                false,
                Duration.ofSeconds(1),
                0,
                true,
                KEYS,
                FailurePlan.parse(failures),
                MockConfig.DEFAULT_BACKLOG_BYTES);
        MockServer server = new MockServer(config, WallTime.SYSTEM);
        server.start();
        return server;
    }

    /** The texts of the first so many statuses. */
    private static List<String> read(MockServer feed, StreamingEndpoint endpoint, int statuses) throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        Client client = new ClientBuilder()
                .hosts(new HttpHosts("http://127.0.0.1:" + feed.port()))
                .endpoint(endpoint)
                .authentication(new OAuth1(KEYS.consumerKey(), KEYS.consumerSecret(), KEYS.token(), KEYS.tokenSecret()))
                .processor(new StringDelimitedProcessor(messages))
                .build();
        client.connect();
        try {
            List<String> texts = new ArrayList<>();
            while (texts.size() < statuses) {
                String message = messages.poll(30, TimeUnit.SECONDS);
                assertThat(message).as("after %d statuses", texts.size()).isNotNull();
                var json = new ObjectMapper().readTree(message);
                if (json.has("text")) {
                    texts.add(json.get("text").asText());
                }
            }
            return texts;
        } finally {
            client.stop();
        }
    }
}
