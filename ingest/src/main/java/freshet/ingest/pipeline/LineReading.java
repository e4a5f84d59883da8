package freshet.ingest.pipeline;

import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.format.Line;
import freshet.ingest.format.LineFormat;
import freshet.ingest.source.Lines;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an entry of each line; what it says of a line depends on that line alone. */
final class LineReading {

    /** Longer texts are no posts of any network, and a hostile one would cost every stage after this. */
    static final int TEXT_CHARS_MAX = 65_536;

    static final int ID_CHARS_MAX = 512;

    private static final Logger LOG = LoggerFactory.getLogger(LineReading.class);

    private final LineFormat format = new LineFormat();
    private final Counts counts;

    LineReading(Counts counts) {
        this.counts = counts;
    }

    /** What the line on which the source stands says, or null where it says nothing that is kept. */
    Entry read(Lines lines) {
        counts.lines.increment();
        counts.bytes.add(lines.fullLength() + 1);
        if (lines.fault() != null) {
            return new Entry(lines, null, lines.fault());
        }
        if (lines.fullLength() > lines.length()) {
            return new Entry(
                    lines, null, "a line of " + lines.fullLength() + " bytes; at most " + Lines.MAX_LINE + " are read");
        }
        if (isBlank(lines)) {
            return null;
        }
        Line line = format.read(lines.bytes(), lines.offset(), lines.length());
        if (line instanceof Line.Control control) {
            counts.controls.increment();
            if (control.kind().equals("disconnect") || control.kind().equals("warning")) {
                LOG.warn("{}: the source says {}", lines.position(), control.kind());
            }
            return null;
        }
        if (line instanceof Line.Unreadable unreadable) {
            return new Entry(lines, null, unreadable.reason());
        }
        PostsRecord record = ((Line.Item) line).record();
        return new Entry(lines, record, record instanceof Post post ? unbelievable(post) : null);
    }

    private static boolean isBlank(Lines lines) {
        byte[] bytes = lines.bytes();
        int end = lines.offset() + lines.length();
        for (int i = lines.offset(); i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Why a post is none although it can be read, or null. */
    private static String unbelievable(Post post) {
        if (post.text().length() > TEXT_CHARS_MAX) {
            return "a text of " + post.text().length() + " characters; at most " + TEXT_CHARS_MAX + " are believed";
        }
        if (post.id().length() > ID_CHARS_MAX
                || post.author().id().length() > ID_CHARS_MAX
                || post.source().length() > ID_CHARS_MAX) {
            return "an id or source of more than " + ID_CHARS_MAX + " characters";
        }
        return null;
    }
}
