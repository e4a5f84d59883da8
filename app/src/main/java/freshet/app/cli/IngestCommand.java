package freshet.app.cli;

import freshet.app.embedded.AllSources;
import freshet.app.embedded.IngestStage;
import freshet.app.stage.Stages;
import freshet.ingest.pipeline.IngestConfig;
import freshet.ingest.pipeline.ProgressReport;
import freshet.ingest.pipeline.Speed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads sources into {@code posts}, as a process of its own. */
@Command(
        name = "ingest",
        description = "Reads posts from sources and publishes them to the topic posts.",
        footer = {
            "",
            "Sources:",
            "  file:PATH, PATH   NDJSON of posts or Twitter v1.1 messages; plain, .gz, .zst",
            "  twitter4j:http://HOST:PORT[?track=…]",
            "                    a v1.1 stream, through the twitter4j library",
            "  mock:PATH         a recording by the same way",
            "  -                 standard input",
            "  clock:            the wall clock, for a live stream with producers of yours",
            "A recording is a stream of its own, named after the file; one that was",
            "interrupted goes on.",
            "",
            "Examples:",
            "  ./freshet ingest file:day.ndjson.gz --speed max",
            "  my-program | ./freshet ingest - --stream live",
            "  ./freshet ingest clock: --bootstrap-server kafka1:9092"
        })
final class IngestCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "SOURCE", description = "Where posts come from; see below.")
    private List<String> words;

    @Mixin
    private BootstrapOption bootstrap;

    @Mixin
    private SpeedOption speed;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "The stream to write into, instead of the source's own; 'live' for the plain names.")
    private String stream;

    @Mixin
    private PartitionsOption partitions;

    @Mixin
    private LatenessOption lateness;

    @Option(
            names = "--restart",
            description = "Delete what the stream holds and play the recording from its beginning.")
    private boolean restart;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        List<SourcePlan> plans = SourcePlan.of(words, stream, AllSources.get());
        CountDownLatch ended = new CountDownLatch(plans.size());
        try (Stages stages = new Stages();
                TerminationSignal signal = new TerminationSignal(stages)) {
            try (Admin admin = bootstrap.connect()) {
                SourcePlan.prepareTopics(plans, admin, restart, partitions.asked());
            }
            for (SourcePlan plan : plans) {
                IngestConfig config = IngestConfig.of(bootstrap.servers(), plan.stream(), speed.orElse(Speed.REAL))
                        .withLateness(lateness.get());
                AtomicReference<ProgressReport> report = new AtomicReference<>();
                IngestStage stage = new IngestStage(config, plan.source(), new SimpleMeterRegistry(), summary -> {
                    report.get().close();
                    out.println(Ending.of(plan, summary));
                    ended.countDown();
                });
                report.set(
                        new ProgressReport(stage::progress, spec.commandLine().getErr(), Terminal.isThere()));
                stages.start(stage);
                // One line can tell of one source, and the wall clock has nothing to tell.
                if (plans.size() == 1 && stage.progress().bytesTotal() >= 0) {
                    report.get().start();
                }
            }
            while (!ended.await(200, TimeUnit.MILLISECONDS)) {
                if (stages.failure() != null) {
                    throw new IllegalStateException(stages.failure());
                }
            }
            return 0;
        }
    }
}
