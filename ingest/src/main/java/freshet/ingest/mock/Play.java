package freshet.ingest.mock;

import com.fasterxml.jackson.databind.JsonNode;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.Retraction;
import freshet.ingest.format.Line;
import freshet.ingest.format.LineFormat;
import freshet.ingest.source.Lines;
import freshet.ingest.source.Source;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recording as messages of the stream, in order, once through. Twitter's lines are passed on as they are, so are
 * lines that nobody can read: a client must bear those. Posts in Freshet's form become statuses, their retractions
 * delete notices, their time markers nothing.
 */
final class Play implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Play.class);

    private final LineFormat format = new LineFormat();
    private final Lines lines;
    private final boolean timed;

    /** @param timed whether anyone asks for a message's time */
    Play(Source recording, boolean timed) throws IOException {
        this.lines = recording.open(-1);
        this.timed = timed;
    }

    /** The next message, or null at the end. */
    Message next() throws IOException, InterruptedException {
        while (lines.next()) {
            boolean whole = lines.fault() == null && lines.fullLength() == lines.length();
            if (!whole) {
                String why = lines.fault() != null ? lines.fault() : lines.fullLength() + " bytes are too many";
                LOG.warn("mock: {} is left out: {}", lines.position(), why);
            } else if (!isBlank()) {
                Message message = message();
                if (message != null) {
                    return message;
                }
            }
        }
        return null;
    }

    private boolean isBlank() {
        for (int i = lines.offset(); i < lines.offset() + lines.length(); i++) {
            if (lines.bytes()[i] > ' ' || lines.bytes()[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private Message message() throws IOException {
        boolean canonical = LineFormat.isCanonical(lines.bytes(), lines.offset(), lines.length());
        if (!canonical && !timed) {
            return new Message(verbatim(), -1);
        }
        Line line = format.read(lines.bytes(), lines.offset(), lines.length());
        PostsRecord record = line instanceof Line.Item item ? item.record() : null;
        if (!canonical || record == null) {
            return new Message(verbatim(), record == null ? -1 : record.time());
        }
        JsonNode tree = null;
        if (record instanceof Post post) {
            tree = Statuses.ofPost(post);
        } else if (record instanceof Retraction retraction && retraction.post() != null) {
            tree = Statuses.deleteNotice(retraction);
        }
        return tree == null ? null : new Message(Message.JSON.writeValueAsBytes(tree), record.time(), tree);
    }

    /** A carriage return between two tokens would end the line for most clients; within a string there can be none. */
    private byte[] verbatim() {
        byte[] json = Arrays.copyOfRange(lines.bytes(), lines.offset(), lines.offset() + lines.length());
        for (int i = 0; i < json.length; i++) {
            if (json[i] == '\r') {
                json[i] = ' ';
            }
        }
        return json;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
