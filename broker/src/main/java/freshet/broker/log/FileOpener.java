package freshet.broker.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * How files come to be opened. Paths may belong to any file system; with this in between, a test can also hand out
 * channels that run out of space, tear a write or lose what was not forced.
 */
@FunctionalInterface
public interface FileOpener {
    FileOpener DEFAULT = FileChannel::open;

    FileChannel open(Path path, OpenOption... options) throws IOException;
}
