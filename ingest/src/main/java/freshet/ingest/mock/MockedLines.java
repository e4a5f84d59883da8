package freshet.ingest.mock;

import freshet.ingest.source.Lines;
import java.io.IOException;

/** What comes from a mock feed that nobody else knows of; closed together with it. */
final class MockedLines implements Lines {

    private final Lines lines;
    private final MockServer server;

    MockedLines(Lines lines, MockServer server) {
        this.lines = lines;
        this.server = server;
    }

    @Override
    public boolean next() throws IOException, InterruptedException {
        return lines.next();
    }

    @Override
    public byte[] bytes() {
        return lines.bytes();
    }

    @Override
    public int offset() {
        return lines.offset();
    }

    @Override
    public int length() {
        return lines.length();
    }

    @Override
    public long fullLength() {
        return lines.fullLength();
    }

    @Override
    public String fault() {
        return lines.fault();
    }

    @Override
    public long ordinal() {
        return lines.ordinal();
    }

    @Override
    public String origin() {
        return lines.origin();
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public long bytesTotal() {
        return lines.bytesTotal();
    }

    @Override
    public void close() throws IOException {
        lines.close();
        server.close();
    }
}
