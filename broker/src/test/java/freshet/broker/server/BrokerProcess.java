package freshet.broker.server;

import freshet.broker.config.BrokerConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** A broker in a process of its own, which a test can kill without warning. */
final class BrokerProcess {
    private static final String READY = "ready at ";

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts one and waits until it takes requests. */
    static BrokerProcess start(Path dataDir, int port) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        dataDir.toString(),
                        String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new BrokerProcess(process, line.substring(READY.length()));
            }
        }
        throw new IOException("The broker ended before it was ready.");
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** SIGKILL: no farewell, nothing flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static void main(String[] args) throws Exception {
        BrokerServer server = new BrokerServer(
                BrokerConfig.from(Map.of("log.dirs", args[0], "listeners", "PLAINTEXT://127.0.0.1:" + args[1])),
                InstantSource.system(),
                new SimpleMeterRegistry());
        server.start();
        System.out.println(READY + server.bootstrapServers());
        // Ends with the test that started it, whatever becomes of that.
        while (System.in.read() >= 0) {}
        server.close();
    }
}
