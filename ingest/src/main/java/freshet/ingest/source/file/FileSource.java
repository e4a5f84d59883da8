package freshet.ingest.source.file;

import freshet.ingest.source.Lines;
import freshet.ingest.source.Source;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** {@code file:PATH}: a recording in a file. */
public final class FileSource implements Source {

    private final Path path;

    /** Makes the source; nothing is opened yet. */
    public FileSource(String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException("file: needs a path, e.g. file:day.ndjson.gz");
        }
        try {
            this.path = Path.of(path);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("file:" + path + " is not a path: " + e.getReason());
        }
    }

    /** By name alone, so that moving the folder doesn't make it another recording. */
    @Override
    public String name() {
        return "file:" + fileName();
    }

    @Override
    public String description() {
        return "file:" + path;
    }

    private String fileName() {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }

    @Override
    public Kind kind() {
        return Kind.RECORDING;
    }

    @Override
    public void check() throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("there is no file " + path.toAbsolutePath() + "; check the path");
        }
        if (Files.isDirectory(path)) {
            throw new IOException(path.toAbsolutePath() + " is a folder; name a file in it");
        }
        if (!Files.isReadable(path)) {
            throw new IOException(path.toAbsolutePath() + " may not be read; check its permissions");
        }
    }

    @Override
    public Lines open(long after) throws IOException {
        check();
        // Not a channel's stream: an interrupt, by which a pipeline is drained, would break that off.
        InputStream raw = new FileInputStream(path.toFile());
        return StreamLines.open(raw, fileName(), Files.isRegularFile(path) ? Files.size(path) : -1);
    }
}
