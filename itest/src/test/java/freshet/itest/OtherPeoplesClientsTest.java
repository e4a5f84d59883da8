package freshet.itest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import freshet.itest.fixture.ApacheKafka;
import freshet.itest.fixture.Freshet;
import freshet.itest.fixture.StreamAtRest;
import freshet.trends.contract.TrendsTopic;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled recording, played; then read by clients that know nothing of Freshet. */
class OtherPeoplesClientsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Stream DEMO = new Stream("demo");

    @TempDir
    static Path dir;

    private static Freshet up;
    private static int finals;

    @BeforeAll
    static void play() {
        up = Freshet.up(dir, "--speed", "max");
        up.process().awaitOutput("has been played to its end", 240);
        finals = StreamAtRest.await(up.bootstrapServers(), DEMO, 120).finals().size();
        assertThat(finals).isPositive();
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    @Test
    void kcatReadsEveryRanking() throws Exception {
        List<String> lines = run(
                        "kcat", "-b", up.bootstrapServers(), "-C", "-t", "demo.trends", "-o", "beginning", "-e", "-q")
                .lines()
                .toList();

        assertThat(lines).hasSizeGreaterThanOrEqualTo(finals);
        JsonNode ranking = JSON.readTree(lines.get(0));
        assertThat(ranking.get("trends").get(0).get("reason").asText()).contains("authors");
    }

    @Test
    void kcatSharesTheTopicAsAConsumerGroup() throws Exception {
        String read = run(
                "kcat",
                "-b",
                up.bootstrapServers(),
                "-G",
                "kcat-readers",
                "-X",
                "auto.offset.reset=earliest",
                "-c",
                "100",
                "-q",
                "demo.trends");

        assertThat(read.lines()).hasSize(100);
    }

    @Test
    void apacheKafkasConsoleConsumerReadsEveryRanking() {
        String output = ApacheKafka.tool(
                dir.resolve("console.out"),
                120,
                "org.apache.kafka.tools.consumer.ConsoleConsumer",
                "--bootstrap-server",
                up.bootstrapServers(),
                "--topic",
                "demo.trends",
                "--from-beginning",
                "--max-messages",
                Integer.toString(finals));

        assertThat(output.lines().filter(line -> line.startsWith("{\"window\"")))
                .hasSize(finals);
    }

    @Test
    void apacheKafkasGroupToolShowsTheStepsWithoutLag() {
        String output = ApacheKafka.tool(
                dir.resolve("groups.out"),
                120,
                "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand",
                "--bootstrap-server",
                up.bootstrapServers(),
                "--describe",
                "--group",
                "freshet.demo.extract");

        assertThat(output.lines().filter(line -> line.contains("demo.posts"))).hasSize(6);
    }

    @Test
    void garbageOnTheBrokersPortHarmsNoOneElse() throws Exception {
        byte[] random = new byte[100_000];
        new Random(1).nextBytes(random);
        for (byte[] garbage : List.of(
                "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                random,
                new byte[] {0x7f, -1, -1, -1, 0, 1},
                new byte[] {-1, -1, -1, -1})) {
            send(garbage);
        }

        assertThat(run("kcat", "-b", up.bootstrapServers(), "-L")).contains("topic \"demo.trends\"");
    }

    private static void send(byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", up.brokerPort())) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException closedWhileWeWrote) {
            assertThat(closedWhileWeWrote).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void pageAnswersWithTheNewestRankingHealthAndMetrics() throws Exception {
        assertThat(get("/").body()).contains("Freshet");
        JsonNode ranking =
                JSON.readTree(get("/api/ranking?stream=demo&window=10m").body());
        assertThat(ranking.get("window").asText()).isEqualTo("10m");
        assertThat(JSON.readTree(get("/healthz").body()).get("status").asText()).isEqualTo("ok");
        assertThat(get("/metrics").body()).contains("# TYPE freshet_");
    }

    @Test
    void postsAreWhatTheContractSays() {
        StreamAtRest rest = StreamAtRest.await(up.bootstrapServers(), DEMO, 60);

        assertThat(rest.records(PostsTopic.POSTS)).isNotEmpty().allSatisfy(record -> {
            assertThat(record.timestamp()).isPositive();
            assertThat(PostCodec.decode(record.value()).time()).isEqualTo(record.timestamp());
        });
        assertThat(rest.records(PostsTopic.REJECTED)).isEmpty();
        assertThat(rest.records(TrendsTopic.TRENDS)).hasSizeGreaterThanOrEqualTo(finals);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(up.page() + path)).build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(dir, "client", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("%s ended", command[0])
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }
}
