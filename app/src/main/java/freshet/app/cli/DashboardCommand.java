package freshet.app.cli;

import freshet.app.embedded.DashboardStage;
import freshet.app.stage.Stages;
import freshet.dashboard.DashboardConfig;
import freshet.storage.sql.HistoryConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The page and the history behind it, as a process of its own. */
@Command(
        name = "dashboard",
        description = "Serves the page, its API and the history of trends.",
        footer = {
            "",
            "Examples:",
            "  ./freshet dashboard",
            "  ./freshet dashboard --bootstrap-server kafka1:9092 \\",
            "                      --http-host 0.0.0.0 --http-port 80"
        })
final class DashboardCommand implements Callable<Integer> {

    @Mixin
    private BootstrapOption bootstrap;

    @Mixin
    private DataDirOption dataDir;

    @Mixin
    private PageOptions page;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        bootstrap.connect().close();
        MeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Stages stages = new Stages();
                TerminationSignal signal = new TerminationSignal(stages)) {
            DashboardStage dashboard = new DashboardStage(
                    new DashboardConfig(
                            page.config(), bootstrap.servers(), HistoryConfig.of(dataDir.history()), Map.of()),
                    metrics,
                    stages);
            stages.start(dashboard);
            spec.commandLine().getOut().println("The page is at " + page.address(dashboard.port()));
            return stages.runToEnd();
        }
    }
}
