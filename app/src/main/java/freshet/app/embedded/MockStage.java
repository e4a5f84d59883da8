package freshet.app.embedded;

import freshet.app.stage.Health;
import freshet.app.stage.Stage;
import freshet.ingest.mock.MockConfig;
import freshet.ingest.mock.MockServer;
import freshet.ingest.source.WallTime;
import java.io.IOException;
import java.net.URI;

/** A mock feed that others read. */
public final class MockStage implements Stage {

    private final MockServer server;
    private volatile Health health = Health.starting("");

    public MockStage(MockConfig config) {
        server = new MockServer(config, WallTime.SYSTEM);
    }

    @Override
    public String name() {
        return "mock";
    }

    @Override
    public void start() throws IOException {
        server.start();
        health = Health.READY;
    }

    public URI address() {
        return server.address();
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void close() {
        server.close();
    }
}
