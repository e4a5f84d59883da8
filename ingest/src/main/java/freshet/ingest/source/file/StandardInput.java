package freshet.ingest.source.file;

import freshet.ingest.source.Lines;
import freshet.ingest.source.Source;
import java.io.IOException;
import java.io.InputStream;

/** {@code -}: what is piped in; a new beginning each time, since a pipe can't be read again. */
public final class StandardInput implements Source {

    private final InputStream in;

    public StandardInput(InputStream in) {
        this.in = in;
    }

    @Override
    public String name() {
        return "-";
    }

    @Override
    public String description() {
        return "standard input";
    }

    @Override
    public Kind kind() {
        return Kind.FRESH;
    }

    @Override
    public Lines open(long after) throws IOException {
        return StreamLines.open(in, "-", -1);
    }
}
