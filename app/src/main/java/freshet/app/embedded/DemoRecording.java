package freshet.app.embedded;

import freshet.datasets.generator.Demo;
import freshet.ingest.contract.Stream;
import freshet.ingest.mock.MockSource;
import freshet.ingest.source.Source;
import freshet.ingest.source.WallTime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The recording that comes with Freshet, laid beside the data and played through the mock feed. */
public final class DemoRecording {

    public static final Stream STREAM = new Stream("demo");

    private DemoRecording() {}

    /** @param dataDir where to lay it */
    public static Source source(Path dataDir) throws IOException {
        Path file = dataDir.resolve(Path.of(Demo.RESOURCE).getFileName());
        try (InputStream in = Demo.class.getResourceAsStream(Demo.RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException("this build lacks the bundled recording " + Demo.RESOURCE);
            }
            Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
            Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        return new MockSource(file.toString(), WallTime.SYSTEM);
    }
}
