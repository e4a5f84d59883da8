package freshet.broker.server;

import freshet.broker.config.BrokerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker on any free port, with clients that know where it is. */
public final class TestBroker implements AutoCloseable {

    private final BrokerServer server;

    private TestBroker(BrokerServer server) {
        this.server = server;
    }

    public static TestBroker start(Path dataDir, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>();
        all.put("listeners", "PLAINTEXT://127.0.0.1:0");
        all.put("log.dirs", dataDir.toString());
        all.putAll(settings);
        BrokerServer server =
                new BrokerServer(BrokerConfig.from(all), InstantSource.system(), new SimpleMeterRegistry());
        server.start();
        return new TestBroker(server);
    }

    public static TestBroker start(Path dataDir) throws IOException {
        return start(dataDir, Map.of());
    }

    public BrokerServer server() {
        return server;
    }

    public int port() {
        return server.port();
    }

    public String bootstrapServers() {
        return server.bootstrapServers();
    }

    public Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "request.timeout.ms",
                "20000",
                "default.api.timeout.ms",
                "30000"));
    }

    public void createTopic(String name, int partitions, Map<String, String> configs) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(java.util.List.of(new NewTopic(name, partitions, (short) 1).configs(configs)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    public KafkaProducer<String, String> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", bootstrapServers());
        all.put("delivery.timeout.ms", 20_000);
        all.put("request.timeout.ms", 10_000);
        all.putAll(settings);
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    public KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", bootstrapServers());
        all.put("auto.offset.reset", "earliest");
        all.put("enable.auto.commit", "false");
        all.putAll(settings);
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    /** The cause of a failed future of a client. */
    public static Throwable causeOf(Throwable problem) {
        return problem instanceof ExecutionException ? problem.getCause() : problem;
    }

    @Override
    public void close() {
        server.close();
    }
}
