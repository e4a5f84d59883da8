package freshet.app.cli;

import freshet.dashboard.http.HttpConfig;
import picocli.CommandLine.Option;

/** Where the page is served. */
final class PageOptions {

    private static final int DEFAULT_PORT = 8080;

    @Option(
            names = {"--http-port", "--port"},
            paramLabel = "PORT",
            description = "Port of the page (default: " + DEFAULT_PORT + "; 0 for any free one).")
    private int port = DEFAULT_PORT;

    @Option(
            names = "--http-host",
            paramLabel = "ADDRESS",
            description = "Address to serve the page at (default: 127.0.0.1, this machine alone).")
    private String host = "127.0.0.1";

    /** Where a browser on this machine finds it. */
    String address(int boundPort) {
        boolean reachableByName = host.equals("127.0.0.1") || host.equals("0.0.0.0") || host.equals("::");
        return "http://" + (reachableByName ? "localhost" : host) + ":" + boundPort;
    }

    HttpConfig config() {
        return HttpConfig.of(host, port);
    }
}
