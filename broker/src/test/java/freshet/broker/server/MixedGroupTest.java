package freshet.broker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One group of three clients that no two of which share code: Java's, librdkafka's and kafka-python's. */
@Tag("slow")
class MixedGroupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PYTHON = "/usr/bin/python3";
    private static final int PARTITIONS = 6;
    private static final int RECORDS = 600;

    @TempDir
    Path directory;

    private TestBroker broker;
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        assumeTrue(succeeds("kcat", "-V"), "kcat is not installed");
        assumeTrue(succeeds(PYTHON, "-c", "import kafka"), "kafka-python is not installed");
        broker = TestBroker.start(directory.resolve("data"));
        broker.createTopic("posts", PARTITIONS, Map.of());
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
        if (broker != null) {
            broker.close();
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Path run(String name, String... command) throws IOException {
        Path output = directory.resolve(name + ".out");
        processes.add(new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve(name + ".err").toFile())
                .start());
        return output;
    }

    @Test
    void differentClientsShareATopic() throws Exception {
        Path kcat = run(
                "kcat",
                "kcat",
                "-b",
                broker.bootstrapServers(),
                "-u",
                "-X",
                "partition.assignment.strategy=range",
                "-X",
                "auto.offset.reset=earliest",
                "-X",
                "heartbeat.interval.ms=200",
                "-G",
                "readers",
                "posts");
        Path python = run(
                "python",
                PYTHON,
                "-u",
                "-c",
                "from kafka import KafkaConsumer\n"
                        + "for r in KafkaConsumer('posts', bootstrap_servers='"
                        + broker.bootstrapServers()
                        + "', group_id='readers', auto_offset_reset='earliest', heartbeat_interval_ms=200):\n"
                        + "  print(r.value.decode())\n");
        Set<String> read = new HashSet<>();
        try (KafkaConsumer<String, String> java =
                        broker.consumer(Map.of("group.id", "readers", "heartbeat.interval.ms", 200));
                Admin admin = broker.admin()) {
            java.subscribe(List.of("posts"));
            await().pollInSameThread().atMost(PATIENCE).until(() -> {
                java.poll(Duration.ofMillis(100));
                List<Integer> shares = shares(admin);
                return shares.equals(List.of(2, 2, 2));
            });

            produce();

            await().pollInSameThread().atMost(PATIENCE).until(() -> {
                for (ConsumerRecord<String, String> record : java.poll(Duration.ofMillis(100))) {
                    read.add(record.value());
                }
                return read.size()
                                + Files.readAllLines(kcat).size()
                                + Files.readAllLines(python).size()
                        >= RECORDS;
            });
        }
        assertThat(read).hasSize(RECORDS / 3);
        assertThat(Files.readAllLines(kcat)).hasSize(RECORDS / 3).doesNotContainAnyElementsOf(read);
        assertThat(Files.readAllLines(python)).hasSize(RECORDS / 3).doesNotContainAnyElementsOf(read);
    }

    private static List<Integer> shares(Admin admin) throws Exception {
        return admin.describeConsumerGroups(List.of("readers")).all().get().get("readers").members().stream()
                .map(MemberDescription::assignment)
                .map(assignment -> assignment.topicPartitions().size())
                .toList();
    }

    private void produce() {
        try (KafkaProducer<String, String> producer = broker.producer(Map.of())) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>("posts", i % PARTITIONS, null, "value " + i));
            }
        }
    }
}
