package freshet.ingest.pipeline;

import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import freshet.ingest.source.file.FileSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Plays files into a log in memory, and makes lines for them. */
final class Play {

    static final long T0 = Instant.parse("2015-11-12T00:00:00Z").toEpochMilli();

    private Play() {}

    static Summary into(MemoryLog log, Path file) throws IOException, InterruptedException {
        return into(log, file, Stream.ofRecording(file.toString()));
    }

    static Summary into(MemoryLog log, Path file, Stream stream) throws IOException, InterruptedException {
        IngestConfig config = IngestConfig.of("memory", stream, Speed.MAX);
        Ingest ingest = new Ingest(config, new FileSource(file.toString()), new SimpleMeterRegistry());
        ingest.start(log);
        return ingest.awaitEnd();
    }

    static Path file(Path folder, List<String> lines) throws IOException {
        Path file = folder.resolve("day.ndjson");
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        return file;
    }

    static String post(int id, long afterMillis, String author, String text) {
        return post("p" + id, T0 + afterMillis, author, text);
    }

    static String post(String id, long time, String author, String text) {
        return "{\"id\":\"" + id + "\",\"source\":\"test\",\"created_at\":\"" + Instant.ofEpochMilli(time)
                + "\",\"text\":\"" + text + "\",\"author\":{\"id\":\"" + author + "\"}}";
    }

    static List<String> reasons(MemoryLog log) {
        return log.rejected().stream()
                .map(r -> MemoryLog.header(r, PostsTopic.HEADER_REASON))
                .toList();
    }

    static List<String> rejectedPositions(MemoryLog log) {
        return log.rejected().stream()
                .map(r -> MemoryLog.header(r, PostsTopic.HEADER_POSITION))
                .toList();
    }
}
