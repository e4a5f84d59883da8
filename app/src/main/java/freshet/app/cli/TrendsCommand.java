package freshet.app.cli;

import freshet.app.embedded.TrendsStage;
import freshet.app.stage.Stages;
import freshet.app.topics.StreamLayout;
import freshet.app.topics.StreamTopics;
import freshet.trends.job.TrendsConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Extract, count and rank, or some of them, as a process of their own. */
@Command(
        name = "trends",
        description = "Finds the trends of a stream: from the topic posts to the topic trends.",
        footer = {
            "",
            "Start it as often as you like: its processes share the work as consumer groups",
            "do.",
            "",
            "Examples:",
            "  ./freshet trends                              the live stream's",
            "  ./freshet trends --stream day --steps count   the counting of a recording's",
            "  ./freshet trends --bootstrap-server kafka1:9092"
        })
final class TrendsCommand implements Callable<Integer> {

    @Mixin
    private BootstrapOption bootstrap;

    @Mixin
    private StreamOption stream;

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
        try (Admin admin = bootstrap.connect()) {
            StreamTopics topics = new StreamTopics(admin, stream.stream());
            topics.ensure(StreamLayout.specs(topics, partitions.asked()));
        }
        try (InstanceOption.Held held = instance.take();
                Stages stages = new Stages();
                TerminationSignal signal = new TerminationSignal(stages)) {
            TrendsConfig config =
                    trends.config(bootstrap.servers(), stream.stream()).withInstanceId(held.name());
            TrendsStage job = new TrendsStage(config, new SimpleMeterRegistry());
            stages.start(job);
            spec.commandLine().getOut().println(job.name() + " runs with " + bootstrap.servers());
            return stages.runToEnd();
        }
    }
}
