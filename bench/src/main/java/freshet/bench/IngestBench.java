package freshet.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.sun.management.OperatingSystemMXBean;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import freshet.ingest.contract.TopicSpec;
import freshet.ingest.mock.MockSource;
import freshet.ingest.pipeline.Ingest;
import freshet.ingest.pipeline.IngestConfig;
import freshet.ingest.pipeline.Speed;
import freshet.ingest.pipeline.Summary;
import freshet.ingest.source.Source;
import freshet.ingest.source.WallTime;
import freshet.ingest.source.file.FileSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How fast {@code file:} fills {@code posts}, and {@code mock:} (mock feed, HTTP and twitter4j between), beside reading
 * the same file with Jackson alone: the limit of any program that parses it. The broker runs as a process of its own, so that the processor time measured is ingest's alone, the mock feed's included.
 *
 * <p>Arguments: a recording, the address of a broker, and how many passes (default 8; the first ones compile).
 */
public final class IngestBench {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private IngestBench() {}

    private record Cost(double seconds, double cpuSeconds) {}

    private record Run(Cost cost, long records) {}

    private interface Work {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("usage: IngestBench RECORDING BOOTSTRAP_SERVER [PASSES]");
            System.exit(2);
        }
        Path file = Path.of(args[0]);
        int passes = args.length > 2 ? Integer.parseInt(args[2]) : 8;
        System.out.printf(
                "%-6s %10s %8s %12s %12s %7s %9s %8s %12s %12s%n",
                "pass",
                "jackson s",
                "file s",
                "posts/s",
                "posts/cpu s",
                "ratio",
                "cpu ratio",
                "mock s",
                "posts/s",
                "posts/cpu s");
        for (int pass = 1; pass <= passes; pass++) {
            Cost jackson = cost(() -> readWithJackson(file));
            Run played = run(new FileSource(file.toString()), args[1]);
            Run mocked = run(new MockSource(file.toString(), WallTime.SYSTEM), args[1]);
            System.out.printf(
                    "%-6d %10.2f %8.2f %,12.0f %,12.0f %7.2f %9.2f %8.2f %,12.0f %,12.0f%n",
                    pass,
                    jackson.seconds(),
                    played.cost().seconds(),
                    played.records() / played.cost().seconds(),
                    played.records() / played.cost().cpuSeconds(),
                    jackson.seconds() / played.cost().seconds(),
                    jackson.cpuSeconds() / played.cost().cpuSeconds(),
                    mocked.cost().seconds(),
                    mocked.records() / mocked.cost().seconds(),
                    mocked.records() / mocked.cost().cpuSeconds());
        }
    }

    private static Run run(Source source, String bootstrapServers) throws Exception {
        Stream stream = new Stream("bench-ingest-" + System.nanoTime());
        createTopics(bootstrapServers, stream);
        Summary[] done = new Summary[1];
        Cost cost = cost(() -> done[0] = ingest(source, bootstrapServers, stream));
        deleteTopics(bootstrapServers, stream);
        return new Run(cost, done[0].posts() + done[0].retractions());
    }

    private static Cost cost(Work work) throws Exception {
        long cpu = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        return new Cost((System.nanoTime() - start) / 1e9, (PROCESS.getProcessCpuTime() - cpu) / 1e9);
    }

    private static void readWithJackson(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz")
                        ? new GZIPInputStream(raw, 64 * 1024)
                        : new BufferedInputStream(raw, 64 * 1024);
                JsonParser json = new JsonFactory().createParser(in)) {
            while (json.nextToken() != null) {
                // Reading is all.
            }
        }
    }

    private static Summary ingest(Source source, String bootstrapServers, Stream stream)
            throws IOException, InterruptedException {
        IngestConfig config = IngestConfig.of(bootstrapServers, stream, Speed.MAX);
        try (Ingest ingest = new Ingest(config, source, new SimpleMeterRegistry())) {
            ingest.start();
            return ingest.awaitEnd();
        }
    }

    private static void createTopics(String bootstrapServers, Stream stream) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<NewTopic> topics =
                    List.of(topic(PostsTopic.POSTS_SPEC, stream), topic(PostsTopic.REJECTED_SPEC, stream));
            admin.createTopics(topics).all().get();
        }
    }

    private static NewTopic topic(TopicSpec spec, Stream stream) {
        return new NewTopic(stream.topic(spec.baseName()), spec.partitions(), (short) 1).configs(spec.settings());
    }

    private static void deleteTopics(String bootstrapServers, Stream stream) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.deleteTopics(List.of(stream.topic(PostsTopic.POSTS), stream.topic(PostsTopic.REJECTED)))
                    .all()
                    .get();
        }
    }
}
