package freshet.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.management.OperatingSystemMXBean;
import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import freshet.ingest.contract.TopicSpec;
import freshet.ingest.mock.MockSource;
import freshet.ingest.pipeline.Ingest;
import freshet.ingest.pipeline.IngestConfig;
import freshet.ingest.pipeline.Speed;
import freshet.ingest.pipeline.Summary;
import freshet.ingest.source.Lines;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How fast {@code file:} fills {@code posts}, and {@code mock:} (mock feed, HTTP and twitter4j between), per second of
 * processor time, beside reading the same file with Jackson alone. That is shown twice: the values of each line, which is
 * the limit of any program that survives a bad line; and passing over all tokens of the file as one, which is less than
 * reading it. The broker is a
 * process of its own, so the processor time is ingest's alone: its two threads, the producer's, garbage collection, the
 * compiler, and the mock feed. All four take turns, so that whatever else the machine does meets all of them.
 *
 * <p>Arguments: a recording, the address of a broker, and how many passes count (default 6), after as many that warm up.
 */
public final class IngestBench {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private IngestBench() {}

    private record Cost(double seconds, double cpuSeconds) {}

    private record Run(Cost cost, long records) {
        double perCpuSecond() {
            return records / cost.cpuSeconds();
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 2) {
            System.err.println("usage: IngestBench RECORDING BOOTSTRAP_SERVER [PASSES]");
            System.exit(2);
        }
        Path file = Path.of(args[0]);
        int passes = args.length > 2 ? Integer.parseInt(args[2]) : 6;
        double[] toTokens = new double[passes];
        double[] toLines = new double[passes];
        System.out.printf(
                "%-8s %13s %13s %11s %11s %12s %9s %9s %11s %12s%n",
                "pass",
                "tokens cpu s",
                "lines cpu s",
                "file cpu s",
                "file wall s",
                "posts/cpu s",
                "/tokens",
                "/lines",
                "mock cpu s",
                "posts/cpu s");
        for (int pass = -passes; pass < passes; pass++) {
            Cost tokens = cost(() -> passOverTokens(file));
            Run played = run(new FileSource(file.toString()), args[1]);
            Cost lines = cost(() -> readLines(file));
            Run mocked = run(new MockSource(file.toString(), WallTime.SYSTEM), args[1]);
            double perTokens = tokens.cpuSeconds() / played.cost().cpuSeconds();
            double perLines = lines.cpuSeconds() / played.cost().cpuSeconds();
            if (pass >= 0) {
                toTokens[pass] = perTokens;
                toLines[pass] = perLines;
            }
            System.out.printf(
                    "%-8s %13.2f %13.2f %11.2f %11.2f %,12.0f %9.2f %9.2f %11.2f %,12.0f%n",
                    pass < 0 ? "warm-up" : pass + 1,
                    tokens.cpuSeconds(),
                    lines.cpuSeconds(),
                    played.cost().cpuSeconds(),
                    played.cost().seconds(),
                    played.perCpuSecond(),
                    perTokens,
                    perLines,
                    mocked.cost().cpuSeconds(),
                    mocked.perCpuSecond());
        }
        System.out.println("file: per core, against Jackson alone, passing over tokens: " + summary(toTokens));
        System.out.println("file: per core, against Jackson alone, line by line: " + summary(toLines));
    }

    private static String summary(double[] ratios) {
        Arrays.sort(ratios);
        return String.format(
                "%.2f (median of %d passes; %.2f to %.2f)",
                ratios[ratios.length / 2], ratios.length, ratios[0], ratios[ratios.length - 1]);
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

    /** One parser over the whole file; what it passes over stays undecoded, and one bad line would be its end. */
    private static void passOverTokens(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz")
                        ? new GZIPInputStream(raw, 64 * 1024)
                        : new BufferedInputStream(raw, 64 * 1024);
                JsonParser json = new JsonFactory().createParser(in)) {
            while (json.nextToken() != null) {
                // Passing over is all.
            }
        }
    }

    /** Each line on its own, as whoever has to survive a bad one must, and all its values. */
    private static void readLines(Path file) throws IOException, InterruptedException {
        JsonFactory factory = new JsonFactory();
        long characters = 0;
        try (Lines lines = new FileSource(file.toString()).open(-1)) {
            while (lines.next()) {
                try (JsonParser json = factory.createParser(lines.bytes(), lines.offset(), lines.length())) {
                    for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                        characters += token.isScalarValue() ? json.getText().length() : 0;
                    }
                }
            }
        }
        if (characters == 0) {
            throw new IOException(file + " holds no values");
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
