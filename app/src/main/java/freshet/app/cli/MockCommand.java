package freshet.app.cli;

import freshet.app.embedded.MockStage;
import freshet.app.stage.Stages;
import freshet.ingest.mock.FailurePlan;
import freshet.ingest.mock.MockConfig;
import freshet.ingest.mock.OAuthKeys;
import freshet.ingest.pipeline.Speed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The mock feed alone. */
@Command(
        name = "mock",
        description = "Plays a recording as Twitter's v1.1 stream, for any client of it.",
        footer = {
            "",
            "It answers /1.1/statuses/sample.json and /1.1/statuses/filter.json (track,",
            "follow, locations, language; delimited=length, stall_warnings, gzip). Each",
            "client has a play of its own, from the beginning.",
            "",
            "--fail takes what becomes of the first connections, one after the other: an",
            "HTTP status (401, 420, 503), stall@N, cut@N, disconnect@N, garbage@N, warning@N",
            "(after N messages), or ok. A client that can change its query may ask for one",
            "itself: ?fail=stall@100",
            "",
            "Examples:",
            "  ./freshet mock day.ndjson.gz --speed 60x --loop --shift-to-now",
            "  ./freshet mock day.ndjson.gz --no-auth, and then",
            "      curl -N http://localhost:8081/1.1/statuses/sample.json",
            "  ./freshet mock day.ndjson.gz --fail 503,420,cut@1000"
        })
final class MockCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RECORDING", description = "Twitter v1.1 messages or posts; plain, .gz or .zst.")
    private Path recording;

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (default: 8081; 0: any free one).")
    private int port = 8081;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default: 127.0.0.1).")
    private String host = "127.0.0.1";

    @Mixin
    private SpeedOption speed;

    @Option(names = "--loop", description = "Begin again at the end.")
    private boolean loop;

    @Option(names = "--shift-to-now", description = "Move its dates, and the ids that hold one, to the present.")
    private boolean shiftToNow;

    @Option(
            names = "--keep-alive",
            paramLabel = "30s",
            converter = DurationConverter.class,
            description = "Longest silence before a blank line is sent (default and most: 30s).")
    private Duration keepAlive = MockConfig.LONGEST_KEEP_ALIVE;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Most statuses of a filtered stream in a second; limit notices tell of the rest.")
    private int limit;

    @Option(names = "--no-auth", description = "Let clients in that don't sign their requests.")
    private boolean noAuth;

    @Option(
            names = "--keys",
            paramLabel = "CK:CS:T:TS",
            description = "Check signatures: consumer key and secret, access token and secret.")
    private String keys;

    @Option(names = "--fail", paramLabel = "PLAN", description = "What goes wrong, e.g. 503,420,stall@100; see below.")
    private String failures;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        MockConfig config = new MockConfig(
                recording,
                host,
                port,
                speed.orElse(Speed.REAL),
                loop,
                shiftToNow,
                keepAlive,
                limit,
                !noAuth,
                keys == null ? null : OAuthKeys.parse(keys),
                failures == null ? FailurePlan.NONE : FailurePlan.parse(failures),
                MockConfig.DEFAULT_BACKLOG_BYTES);
        try (Stages stages = new Stages();
                TerminationSignal signal = new TerminationSignal(stages)) {
            MockStage mock = new MockStage(config);
            stages.start(mock);
            spec.commandLine()
                    .getOut()
                    .println("The mock feed is up: " + mock.address() + "/1.1/statuses/sample.json  (twitter4j: "
                            + "-Dtwitter4j.streamBaseURL=" + mock.address() + "/1.1/ with any OAuth keys)");
            return stages.runToEnd();
        }
    }
}
