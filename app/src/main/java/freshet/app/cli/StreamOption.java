package freshet.app.cli;

import freshet.ingest.contract.Stream;
import picocli.CommandLine.Option;

/** {@code --stream}, for the commands that work on one stream. */
final class StreamOption {

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "The stream: a recording's name, or 'live' (the default) for the topics with plain names.")
    private String name = "live";

    Stream stream() {
        return parse(name);
    }

    static Stream parse(String name) {
        return name.equals("live") ? Stream.LIVE : new Stream(name);
    }
}
