package freshet.ingest.source;

import java.io.Closeable;
import java.io.IOException;

/**
 * The lines of an open source, one at a time. The bytes of a line are valid until the next call of {@link #next}. Used
 * by one thread, but for {@link #bytesRead}.
 */
public interface Lines extends Closeable {

    /** Longest line that is handed out whole, in bytes; of a longer one only its beginning is kept. */
    int MAX_LINE = 1 << 20;

    /**
     * Moves on to the next line, waiting for it where it has not come yet.
     *
     * @return false at the end
     * @throws IOException where the source can't be read at all; one line says why
     */
    boolean next() throws IOException, InterruptedException;

    /** The array that holds the line. */
    byte[] bytes();

    int offset();

    /** Bytes of the line that are there, without its line end. */
    int length();

    /** Bytes of the whole line; more than {@link #length} where it was cut. */
    long fullLength();

    /** Why the line can't be whole although the source gave it (e.g. a truncated archive), or null. */
    String fault();

    /** Grows from line to line; what a restart compares. */
    long ordinal();

    /** What positions of this source begin with, always the same, e.g. the file's name. */
    String origin();

    /** Where the line stands, for people and for the {@code position} header. */
    default String position() {
        return origin() + ":" + ordinal();
    }

    /** Bytes read so far of {@link #bytesTotal}; any thread may ask. */
    long bytesRead();

    /** Bytes of the whole source, or -1 where nobody knows. */
    long bytesTotal();
}
