package freshet.app.embedded;

import freshet.app.stage.Health;
import freshet.app.stage.Stage;
import freshet.broker.config.BrokerConfig;
import freshet.broker.server.BrokerServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;

/** The topic log, with a ZooKeeper of its own unless its settings name one. */
public final class BrokerStage implements Stage {

    private final BrokerServer server;
    private volatile boolean started;

    /** @param settings by Kafka's names */
    public BrokerStage(Map<String, String> settings, MeterRegistry metrics) {
        this.server = new BrokerServer(BrokerConfig.from(settings), InstantSource.system(), metrics);
    }

    @Override
    public String name() {
        return "broker";
    }

    @Override
    public void start() throws Exception {
        server.start();
        started = true;
    }

    public String bootstrapServers() {
        return server.bootstrapServers();
    }

    @Override
    public Health health() {
        return started ? Health.READY : Health.starting("recovers its logs");
    }

    @Override
    public void close() {
        server.close();
    }
}
