package freshet.app.cli;

import freshet.app.embedded.BrokerStage;
import freshet.app.stage.Stages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The broker, as a process of its own. */
@Command(
        name = "broker",
        description = "Runs the broker: a topic log that speaks the Kafka protocol.",
        footer = {
            "",
            "Settings bear Kafka's names, from a server.properties file or by --override.",
            "Without zookeeper.connect it runs a ZooKeeper of its own inside the process.",
            "",
            "Examples:",
            "  ./freshet broker",
            "  ./freshet broker server.properties --override log.flush.interval.messages=1",
            "  ./freshet broker --override listeners=PLAINTEXT://0.0.0.0:9092 \\",
            "                   --override advertised.listeners=PLAINTEXT://broker1:9092"
        })
final class BrokerCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Settings by Kafka's names, as in server.properties.")
    private Path file;

    @Mixin
    private DataDirOption dataDir;

    @Mixin
    private BrokerPortOption port;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Map<String, String> fromFile = read();
        boolean ownDir = fromFile.containsKey("log.dirs") || fromFile.containsKey("log.dir");
        Map<String, String> settings = port.settings(ownDir ? Path.of(".") : dataDir.broker(), fromFile);
        try (Stages stages = new Stages();
                TerminationSignal signal = new TerminationSignal(stages)) {
            BrokerStage broker = new BrokerStage(settings, new SimpleMeterRegistry());
            stages.start(broker);
            spec.commandLine().getOut().println("The broker listens at " + broker.bootstrapServers());
            return stages.runToEnd();
        }
    }

    private Map<String, String> read() throws IOException {
        if (file == null) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no settings file " + file);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
