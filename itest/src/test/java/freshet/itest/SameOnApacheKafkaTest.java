package freshet.itest;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.ingest.contract.Stream;
import freshet.itest.fixture.ApacheKafka;
import freshet.itest.fixture.Freshet;
import freshet.itest.fixture.Recordings;
import freshet.itest.fixture.StreamAtRest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same pipeline against our broker and against Apache Kafka: final rankings are equal, byte for byte. */
class SameOnApacheKafkaTest {

    private static final int SECONDS = 300;

    @TempDir
    Path dir;

    @Test
    void bundledRecordingHasTheSameFinals() throws Exception {
        holdsFor(new Stream("demo"));
    }

    @Test
    @Tag("slow")
    void recordingOf2015HasTheSameFinals() throws Exception {
        Path recording = Recordings.orSkip("twitter-cohort-2015-11.ndjson.gz");
        holdsFor(Stream.ofRecording(recording.toString()), "file:" + recording);
    }

    private void holdsFor(Stream stream, String... sources) throws Exception {
        Map<String, String> ours = play(stream, Files.createDirectories(dir.resolve("ours")), sources);
        Map<String, String> theirs;
        try (ApacheKafka kafka = ApacheKafka.start(Files.createDirectories(dir.resolve("kafka")))) {
            String[] args = Arrays.copyOf(sources, sources.length + 2);
            args[sources.length] = "--bootstrap-server";
            args[sources.length + 1] = kafka.bootstrapServers();
            theirs = play(stream, Files.createDirectories(dir.resolve("theirs")), args);
        }
        assertThat(ours).isNotEmpty();
        assertThat(theirs).isEqualTo(ours);
    }

    private static Map<String, String> play(Stream stream, Path dir, String... args) {
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--speed";
        all[args.length + 1] = "max";
        try (Freshet up = Freshet.up(dir, all)) {
            up.process().awaitOutput("has been played to its end", SECONDS);
            return StreamAtRest.await(up.bootstrapServers(), stream, SECONDS).finals();
        }
    }
}
