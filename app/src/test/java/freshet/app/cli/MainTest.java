package freshet.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** What a user did wrong ends in one line that says what to do, and an exit code that is not zero. */
class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "broker",
                "ingest",
                "trends",
                "dashboard",
                "watch",
                "generate",
                "recount",
                "evaluate",
                "mock"
            })
    void everyCommandHelpsWithExamples(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Examples:", "./freshet " + command);
    }

    @Test
    void whatStandsBelowOptionsFitsATerminalAsItIsWritten() {
        for (Class<?> command : Main.class.getAnnotation(Command.class).subcommands()) {
            assertThat(command.getAnnotation(Command.class).footer())
                    .as(command.getSimpleName())
                    .allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void withoutACommandItShowsTheCommands() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Commands:");
    }

    @Test
    void unknownCommandIsNamed() {
        assertThat(run("fly")).isEqualTo(2);
        assertOneLine().contains("fly").contains("--help");
    }

    @Test
    void unknownFlagIsNamed() {
        assertThat(run("up", "--fast")).isEqualTo(2);
        assertOneLine().contains("--fast").contains("freshet up --help");
    }

    @Test
    void unknownSourceListsThoseThatExist() {
        assertThat(run("ingest", "gopher:stuff")).isEqualTo(2);
        assertOneLine().contains("gopher:stuff").contains("file:PATH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "ingest"})
    void fileThatIsMissingIsNamedBeforeAnythingStarts(String command) {
        assertThat(run(command, dir.resolve("missing.ndjson").toString())).isEqualTo(1);
        assertOneLine().contains("missing.ndjson").contains("there is no file");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void folderIsNoRecording() {
        assertThat(run("up", "file:" + dir)).isEqualTo(1);
        assertOneLine().contains(dir.toString()).contains("folder");
    }

    @Test
    void evaluatingWithoutATruthSaysHowToGiveOne() {
        assertThat(run("evaluate", dir.resolve("some.ndjson").toString())).isNotZero();
        assertOneLine().contains("some.truth.json").contains("--truth");
    }

    @Test
    void badSpeedSaysWhatOneIs() {
        assertThat(run("up", "--speed", "fast")).isEqualTo(2);
        assertOneLine().contains("--speed").contains("fast").contains("60x");
    }

    @Test
    void badWindowSaysWhatOneIs() throws IOException {
        assertThat(run("up", "--data-dir", dir.toString(), "--windows", "soon", "--broker-port", "0"))
                .isEqualTo(2);
        assertOneLine().contains("soon");
    }

    @Test
    void dataDirectoryThatIsAFileIsNamed() throws IOException {
        Path file = Files.createFile(dir.resolve("taken"));
        assertThat(run("up", "--data-dir", file.toString())).isEqualTo(1);
        assertOneLine().contains(file.toString()).contains("--data-dir");
    }

    @Test
    void portInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(run("broker", "--data-dir", dir.toString(), "--broker-port", Integer.toString(port)))
                    .isEqualTo(1);
            assertOneLine().contains(Integer.toString(port)).contains("in use");
        }
    }

    @Test
    void brokerThatDoesNotAnswerIsNamed() {
        assertThat(run("watch", "--bootstrap-server", "127.0.0.1:1")).isEqualTo(1);
        assertOneLine().contains("127.0.0.1:1").contains("--bootstrap-server");
    }

    @Test
    void generateDoesNotOverwrite() throws IOException {
        Path file = Files.createFile(dir.resolve("world.ndjson"));
        assertThat(run("generate", file.toString())).isEqualTo(2);
        assertOneLine().contains(file.toString()).contains("--force");
        assertThat(file).isEmptyFile();
    }

    @Test
    void generateWritesARecordingAndItsTruth() throws IOException {
        Path file = dir.resolve("world.ndjson.gz");
        assertThat(run("generate", file.toString(), "--duration", "1h", "--breakouts", "1", "--campaigns", "0"))
                .isZero();
        assertThat(file).isNotEmptyFile();
        assertThat(dir.resolve("world.truth.json")).isNotEmptyFile();
    }

    private int run(String... args) {
        return Main.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private AbstractStringAssert<?> assertOneLine() {
        assertThat(err.toString()).startsWith("freshet: ");
        assertThat(err.toString().strip().lines()).hasSize(1);
        return assertThat(err.toString());
    }
}
