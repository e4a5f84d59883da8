package freshet.app.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --data-dir}, for the commands that keep something. */
final class DataDirOption {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where topics and history are kept (default: ./freshet-data).")
    private Path dir = Path.of("freshet-data");

    /**
     * The directory, which exists and can be written to.
     *
     * @throws IOException with one line that says why it can't
     */
    Path open() throws IOException {
        try {
            Files.createDirectories(dir);
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the data directory " + dir + " is a file; name another with --data-dir DIR");
        } catch (AccessDeniedException e) {
            throw new IOException("the data directory " + dir + " cannot be made: no permission to write to "
                    + e.getFile() + "; name another with --data-dir DIR");
        } catch (IOException e) {
            throw new IOException("the data directory " + dir + " cannot be made: " + e.getMessage()
                    + "; name another with --data-dir DIR");
        }
        if (!Files.isWritable(dir)) {
            throw new IOException("the data directory " + dir
                    + " is not writable; change its permissions or name another with --data-dir DIR");
        }
        return dir;
    }

    Path broker() throws IOException {
        return open().resolve("broker");
    }

    Path history() throws IOException {
        return open().resolve("history.db");
    }
}
