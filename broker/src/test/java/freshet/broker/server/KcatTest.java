package freshet.broker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kcat, and so librdkafka, sees. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KcatTest {

    private TestBroker broker;

    @BeforeAll
    void start(@TempDir Path dir) throws Exception {
        assumeTrue(kcatIsHere(), "kcat is not installed");
        broker = TestBroker.start(dir);
    }

    @AfterAll
    void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static boolean kcatIsHere() {
        for (String dir : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(dir, "kcat"))) {
                return true;
            }
        }
        return false;
    }

    private String kcat(String input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("kcat", "-b", broker.bootstrapServers()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        if (process.exitValue() != 0) {
            throw new IOException("kcat failed: " + errors);
        }
        return output;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void whatItProducesItConsumes(String compression) throws Exception {
        String topic = "kcat-" + compression;
        broker.createTopic(topic, 2, Map.of());
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            lines.append("key").append(i).append(":value ").append(i).append('\n');
        }

        kcat(lines.toString(), "-P", "-t", topic, "-K:", "-z", compression);

        String read = kcat("", "-C", "-t", topic, "-o", "beginning", "-e", "-q", "-K:");
        assertThat(read.lines().sorted().toList())
                .isEqualTo(lines.toString().lines().sorted().toList());
    }

    @Test
    void itReallyCompresses() throws Exception {
        String topic = "small";
        broker.createTopic(topic, 1, Map.of());
        kcat("the same again and again\n".repeat(20_000), "-P", "-t", topic, "-z", "lz4", "-X", "linger.ms=200");
        try (var admin = broker.admin()) {
            long size = admin.describeLogDirs(List.of(1)).allDescriptions().get().get(1).values().stream()
                    .mapToLong(dir -> dir.replicaInfos()
                            .get(new org.apache.kafka.common.TopicPartition(topic, 0))
                            .size())
                    .sum();
            // 20,000 records of 24 bytes are half a megabyte.
            assertThat(size).isPositive().isLessThan(200_000);
        }
    }

    @Test
    void anIdempotentProducerOfItsIsServed() throws Exception {
        broker.createTopic("exact", 1, Map.of());
        kcat("a\nb\nc\n", "-P", "-t", "exact", "-X", "enable.idempotence=true");
        assertThat(kcat("", "-C", "-t", "exact", "-o", "beginning", "-e", "-q")).isEqualTo("a\nb\nc\n");
    }

    @Test
    void itSeesTopicsAndFindsOffsetsByTime() throws Exception {
        broker.createTopic("seen", 2, Map.of());
        try (KafkaProducer<String, String> producer = broker.producer(Map.of())) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("seen", 0, 1_000L + i, "k", "v" + i));
            }
        }

        assertThat(kcat("", "-L", "-t", "seen")).contains("topic \"seen\" with 2 partitions");
        assertThat(kcat("", "-Q", "-t", "seen:0:1004")).contains("offset 4");
        assertThat(kcat("", "-C", "-t", "seen", "-p", "0", "-o", "s@1007", "-e", "-q"))
                .isEqualTo("v7\nv8\nv9\n");
    }
}
