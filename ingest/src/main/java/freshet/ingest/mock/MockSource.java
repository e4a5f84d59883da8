package freshet.ingest.mock;

import freshet.ingest.pipeline.Speed;
import freshet.ingest.source.Lines;
import freshet.ingest.source.Source;
import freshet.ingest.source.WallTime;
import freshet.ingest.source.file.FileSource;
import freshet.ingest.source.twitter4j.Twitter4jSource;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code mock:PATH}: a recording that goes the way of a live stream, through a mock feed on a free port of the loopback
 * and the twitter4j library. The feed sets no pace, since the pipeline does and the connection tells the feed to wait;
 * so a play that was interrupted goes on as a file's does.
 */
public final class MockSource implements Source {

    private final Path recording;
    private final String fileName;
    private final WallTime wall;

    /** @param path as for {@code file:} */
    public MockSource(String path, WallTime wall) {
        String name = new FileSource(path).name();
        this.fileName = name.substring(name.indexOf(':') + 1);
        this.recording = Path.of(path);
        this.wall = wall;
    }

    @Override
    public String name() {
        return "mock:" + fileName;
    }

    @Override
    public String description() {
        return "mock:" + recording;
    }

    @Override
    public Kind kind() {
        return Kind.RECORDING;
    }

    @Override
    public void check() throws IOException {
        new FileSource(recording.toString()).check();
    }

    @Override
    public Lines open(long after) throws IOException {
        MockServer server = new MockServer(MockConfig.of(recording).at(Speed.MAX), wall);
        server.start();
        try {
            Source client = Twitter4jSource.replayed(name(), fileName, server.address(), wall);
            return new MockedLines(client.open(after), server);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }
}
