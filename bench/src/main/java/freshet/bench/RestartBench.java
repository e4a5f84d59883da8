package freshet.bench;

import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import freshet.trends.contract.TrendsTopic;
import freshet.trends.runtime.Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * How long after a {@code kill -9} in the middle of a busy day the job publishes again: from the start of the process to
 * the first ranking of a slide that stood in {@code trends} nowhere before. First a {@code freshet trends} beside a broker
 * that runs, then a whole {@code freshet up}; every process by the launcher, with its flags. The recording plays at full
 * speed up to the first kill, and then at the given one: a live stream's, or full speed, at which count has much to do again
 * that it did since its last snapshot.
 *
 * <p>Arguments: the launcher, a recording, an empty directory, how many posts are played before the first kill, at which
 * speed it goes on, rounds.
 */
public final class RestartBench implements AutoCloseable {

    private static final int PLAY_SECONDS = 3 * 3_600;
    private static final int START_SECONDS = 900;
    /** How long each round works before it is killed: long enough for snapshots to be taken. */
    private static final int WORK_SECONDS = 20;

    /** Posts that wait in a stream that is up to date. */
    private static final long BACKLOG_MAX = 20_000;

    private final String launcher;
    private final String recording;
    private final Path dir;
    private final Stream stream;
    private final List<Process> processes = new ArrayList<>();
    private String servers;

    private RestartBench(String launcher, String recording, Path dir) {
        this.launcher = launcher;
        this.recording = recording;
        this.dir = dir;
        this.stream = Stream.ofRecording(recording);
    }

    public static void main(String[] args) throws Exception {
        if (args.length != 6) {
            System.err.println("usage: RestartBench LAUNCHER RECORDING DIRECTORY POSTS SPEED ROUNDS");
            System.exit(2);
        }
        try (RestartBench bench = new RestartBench(args[0], args[1], Path.of(args[2]))) {
            bench.run(Long.parseLong(args[3]), args[4], Integer.parseInt(args[5]));
        }
    }

    private void run(long posts, String speed, int rounds) throws Exception {
        Files.createDirectories(dir);
        Process broker = start("broker", "broker", "--data-dir", dir.toString(), "--broker-port", "0");
        servers = said("broker", broker, "The broker listens at (\\S+:\\d+)");
        Process trends = trends();
        Process ingest = start("ingest", "ingest", recording, "--speed", "max", "--bootstrap-server", servers);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PLAY_SECONDS);
        while (written(PostsTopic.POSTS) < posts && System.nanoTime() < deadline) {
            TimeUnit.SECONDS.sleep(1);
        }
        if (!speed.equals("max")) {
            kill(ingest);
            start("ingest", "ingest", recording, "--speed", speed, "--bootstrap-server", servers);
            while ((written(PostsTopic.POSTS) == extracted() || written(PostsTopic.POSTS) > extracted() + BACKLOG_MAX)
                    && System.nanoTime() < deadline) {
                TimeUnit.SECONDS.sleep(1);
            }
            TimeUnit.SECONDS.sleep(WORK_SECONDS);
        }
        System.out.printf("%-8s %5s %12s %8s %14s%n", "process", "round", "published s", "cpu s", "posts by then");
        for (int round = 1; round <= rounds; round++) {
            kill(trends);
            Map<String, Long> before = newest();
            long began = System.nanoTime();
            trends = trends();
            report("trends", round, began, trends, before);
        }
        kill(trends);
        processes.forEach(Process::destroyForcibly);
        for (int round = 1; round <= rounds; round++) {
            Map<String, Long> before = new HashMap<>();
            for (Process each : processes) {
                each.waitFor();
            }
            try (RestartBench look = new RestartBench(launcher, recording, dir)) {
                Process alone = look.start("broker", "broker", "--data-dir", dir.toString(), "--broker-port", "0");
                look.servers = look.said("broker", alone, "The broker listens at (\\S+:\\d+)");
                before.putAll(look.newest());
            }
            long began = System.nanoTime();
            Process up = start(
                    "up",
                    "up",
                    recording,
                    "--speed",
                    speed,
                    "--data-dir",
                    dir.toString(),
                    "--broker-port",
                    "0",
                    "--http-port",
                    "0");
            servers = said("up", up, "\\(broker (\\S+:\\d+)");
            report("up", round, began, up, before);
            kill(up);
        }
    }

    private Process trends() throws IOException {
        return start("trends", "trends", "--stream", stream.name(), "--bootstrap-server", servers);
    }

    private void report(String name, int round, long began, Process process, Map<String, Long> before)
            throws Exception {
        awaitNew(before);
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
        System.out.printf("%-8s %5d %12.1f %8.1f %,14d%n", name, round, seconds, cpu, written(PostsTopic.POSTS));
        TimeUnit.SECONDS.sleep(WORK_SECONDS);
    }

    /** The launcher replaces itself by the process that it starts. */
    private Process start(String name, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher));
        command.addAll(List.of(args));
        Path output = output(name);
        Files.deleteIfExists(output);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        processes.add(process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private Path output(String name) {
        return dir.resolve(name + ".out");
    }

    private String said(String name, Process process, String pattern) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(output(name)));
            if (matcher.find()) {
                return matcher.group(1);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IllegalStateException(name + " did not start; its output is in " + output(name));
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private long written(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(stream.topic(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        } catch (KafkaException e) {
            return 0;
        }
    }

    /** How many posts the job has extracted and committed. */
    private long extracted() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return admin
                    .listConsumerGroupOffsets(Clients.group(stream, "extract"))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset == null ? 0 : offset.offset())
                    .sum();
        } catch (ExecutionException e) {
            return 0;
        }
    }

    private TopicPartition trendsPartition() {
        return new TopicPartition(stream.topic(TrendsTopic.TRENDS), 0);
    }

    /** The newest slide of each window that stands in {@code trends}. */
    private Map<String, Long> newest() {
        Map<String, Long> newest = new HashMap<>();
        TopicPartition at = trendsPartition();
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            consumer.assign(List.of(at));
            consumer.seekToBeginning(List.of(at));
            long end = consumer.endOffsets(List.of(at)).get(at);
            while (consumer.position(at) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    newest.merge(record.key(), record.timestamp(), Math::max);
                }
            }
        }
        return newest;
    }

    /** Waits for a slide that was not there. */
    private void awaitNew(Map<String, Long> before) {
        TopicPartition at = trendsPartition();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            consumer.assign(List.of(at));
            consumer.seekToEnd(List.of(at));
            consumer.seek(at, Math.max(0, consumer.position(at) - 1));
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                    if (record.timestamp() > before.getOrDefault(record.key(), Long.MIN_VALUE)) {
                        return;
                    }
                }
            }
        }
        throw new IllegalStateException("nothing new was published within " + START_SECONDS + " s");
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            kill(process);
        }
    }
}
