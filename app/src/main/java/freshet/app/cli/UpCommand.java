package freshet.app.cli;

import freshet.app.embedded.AllSources;
import freshet.app.embedded.BrokerStage;
import freshet.app.embedded.DashboardStage;
import freshet.app.embedded.DemoRecording;
import freshet.app.embedded.IngestStage;
import freshet.app.embedded.TrendsStage;
import freshet.app.stage.Stages;
import freshet.dashboard.DashboardConfig;
import freshet.datasets.generator.Demo;
import freshet.ingest.contract.Stream;
import freshet.ingest.pipeline.IngestConfig;
import freshet.ingest.pipeline.Speed;
import freshet.storage.sql.HistoryConfig;
import freshet.trends.job.TrendsConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Everything in one process. */
@Command(
        name = "up",
        description = "Starts everything in one process: broker, trends, page, and the sources.",
        footer = {
            "",
            "Without a source it plays the bundled recording through the mock feed, eleven",
            "hours in six minutes.",
            "",
            "Examples:",
            "  ./freshet up",
            "  ./freshet up file:day.ndjson.gz --speed 60x",
            "  my-program | ./freshet up -",
            "  ./freshet up file:day.ndjson.gz --bootstrap-server kafka1:9092   Apache Kafka"
        })
final class UpCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "SOURCE",
            description = "Where posts come from; see ./freshet ingest --help.")
    private List<String> words = new ArrayList<>();

    @Mixin
    private SpeedOption speed;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "The stream to write into, instead of the source's own; 'live' for the plain names.")
    private String stream;

    @Option(
            names = "--restart",
            description = "Delete what the stream holds and play the recording from its beginning.")
    private boolean restart;

    @Option(
            names = {"--bootstrap-server", "--bootstrap-servers"},
            paramLabel = "HOST:PORT[,…]",
            description = "Use this broker, ours or Apache Kafka's, instead of starting one.")
    private String bootstrapServers;

    @Mixin
    private DataDirOption dataDir;

    @Mixin
    private BrokerPortOption brokerPort;

    @Mixin
    private PageOptions page;

    @Mixin
    private PartitionsOption partitions;

    @Mixin
    private TrendsOptions trends;

    @Mixin
    private InstanceOption instance;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        boolean demo = words.isEmpty();
        List<SourcePlan> plans = demo
                ? List.of(new SourcePlan(DemoRecording.source(dataDir.open()), DemoRecording.STREAM))
                : SourcePlan.withClock(SourcePlan.of(words, stream, AllSources.get()), AllSources.get());
        MeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // With a broker of its own this process is the only one of its name.
        try (InstanceOption.Held held = bootstrapServers == null ? InstanceOption.only("up") : instance.take();
                Stages stages = new Stages();
                TerminationSignal signal = new TerminationSignal(stages)) {
            String servers = bootstrapServers;
            if (servers == null) {
                BrokerStage broker = new BrokerStage(brokerPort.settings(dataDir.broker()), metrics);
                stages.start(broker);
                servers = broker.bootstrapServers();
            }
            try (Admin admin = BootstrapOption.connect(servers)) {
                SourcePlan.prepareTopics(plans, admin, restart, partitions.asked());
            }
            for (Stream each : SourcePlan.streams(plans)) {
                TrendsConfig config = trends.config(servers, each).withInstanceId(held.name());
                stages.start(new TrendsStage(config, metrics));
            }
            DashboardStage dashboard = new DashboardStage(
                    new DashboardConfig(page.config(), servers, HistoryConfig.of(dataDir.history()), Map.of()),
                    metrics,
                    stages);
            stages.start(dashboard);
            out.println("Freshet is up: " + page.address(dashboard.port()) + "  (broker " + servers
                    + "; Ctrl-C drains and stops)");
            for (SourcePlan plan : plans) {
                Speed pace = speed.orElse(demo ? new Speed(Demo.SPEED) : Speed.REAL);
                stages.start(new IngestStage(
                        IngestConfig.of(servers, plan.stream(), pace).withLateness(trends.lateness()),
                        plan.source(),
                        metrics,
                        summary -> out.println(Ending.of(plan, summary))));
            }
            return stages.runToEnd();
        }
    }
}
