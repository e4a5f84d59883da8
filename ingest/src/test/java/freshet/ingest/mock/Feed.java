package freshet.ingest.mock;

import freshet.ingest.pipeline.Speed;
import freshet.ingest.source.WallTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A mock feed of given lines, for one test. */
public final class Feed implements AutoCloseable {

    private final MockServer server;

    private Feed(MockConfig config) throws IOException {
        server = new MockServer(config, WallTime.SYSTEM);
        server.start();
    }

    public static Feed of(Path folder, List<String> lines, FailurePlan failures) throws IOException {
        return new Feed(config(folder, lines, Speed.MAX, failures));
    }

    static Feed of(Path folder, List<String> lines) throws IOException {
        return of(folder, lines, FailurePlan.NONE);
    }

    static Feed of(MockConfig config) throws IOException {
        return new Feed(config);
    }

    static MockConfig config(Path folder, List<String> lines, Speed speed, FailurePlan failures) throws IOException {
        return with(file(folder, lines), speed, failures, null, 0, MockConfig.DEFAULT_BACKLOG_BYTES, true);
    }

    static MockConfig with(
            Path file, Speed speed, FailurePlan failures, OAuthKeys keys, int limit, int backlog, boolean auth) {
        return new MockConfig(
                file,
                "127.0.0.1",
                0,
                speed,
                false,
                false,
                Duration.ofMillis(100),
                limit,
                auth,
                keys,
                failures,
                backlog);
    }

    static Path file(Path folder, List<String> lines) throws IOException {
        Path file = folder.resolve("day.ndjson");
        Files.write(file, lines, StandardCharsets.UTF_8);
        return file;
    }

    /** A small whole status, a second after the one before. */
    public static String status(long number) {
        return status(number, "status " + number);
    }

    static String status(long number, String text) {
        long time = 1_562_135_340_000L + number * 1000;
        return "{\"created_at\":\"" + Statuses.date(time) + "\",\"id\":" + number + ",\"id_str\":\"" + number
                + "\",\"text\":\"" + text + "\",\"user\":{\"id\":" + (number % 7) + ",\"id_str\":\"" + number % 7
                + "\",\"name\":\"n\",\"screen_name\":\"n" + number % 7 + "\"},\"entities\":{\"hashtags\":[]},"
                + "\"timestamp_ms\":\"" + time + "\"}";
    }

    static String delete(long number) {
        return "{\"delete\":{\"status\":{\"id\":" + number + ",\"id_str\":\"" + number + "\",\"user_id\":" + number % 7
                + ",\"user_id_str\":\"" + number % 7 + "\"},\"timestamp_ms\":\"1562135400000\"}}";
    }

    int port() {
        return server.port();
    }

    public java.net.URI address() {
        return server.address();
    }

    int clients() {
        return server.clients();
    }

    @Override
    public void close() {
        server.close();
    }
}
