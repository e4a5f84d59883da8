package freshet.app.embedded;

import freshet.app.stage.Health;
import freshet.app.stage.Stage;
import freshet.app.stage.Stages;
import freshet.dashboard.Dashboard;
import freshet.dashboard.DashboardConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page with its API and the history behind it. */
public final class DashboardStage implements Stage {

    private final Dashboard dashboard;

    /** @param beside the stages of this process, whose health {@code /healthz} shows */
    public DashboardStage(DashboardConfig config, MeterRegistry metrics, Stages beside) {
        this.dashboard = new Dashboard(config, metrics, () -> othersOf(beside));
    }

    private Map<String, freshet.dashboard.Health> othersOf(Stages beside) {
        Map<String, freshet.dashboard.Health> others = new LinkedHashMap<>();
        beside.health().forEach((name, health) -> {
            if (!name.equals(name())) {
                boolean well = health.state() == Health.State.READY || health.state() == Health.State.DONE;
                others.put(name, new freshet.dashboard.Health(well, health.detail()));
            }
        });
        return others;
    }

    @Override
    public String name() {
        return "dashboard";
    }

    @Override
    public void start() throws IOException {
        dashboard.start();
    }

    public int port() {
        return dashboard.port();
    }

    @Override
    public Health health() {
        return dashboard.ready() ? Health.READY : Health.starting("connects to the broker");
    }

    @Override
    public void close() {
        dashboard.close();
    }
}
