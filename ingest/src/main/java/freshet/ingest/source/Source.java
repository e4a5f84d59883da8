package freshet.ingest.source;

import java.io.IOException;

/** Something that posts come from. */
public interface Source {

    /** What its records bear as {@code source} header: the same at every start, wherever its file may have moved. */
    String name();

    /** What it is to a person, e.g. the whole path. */
    default String description() {
        return name();
    }

    Kind kind();

    /** What a restart may expect of a source. */
    enum Kind {
        /** The same lines in the same order each time it is opened, then an end. */
        RECORDING,
        /** Goes on from an ordinal that it is given. */
        RESUMABLE,
        /** Each opening is a new beginning. */
        FRESH
    }

    /**
     * Looks whether it can be opened, before anything is started or made for its sake.
     *
     * @throws IOException with one line that says what is wrong and what to do
     */
    default void check() throws IOException {}

    /**
     * Opens it.
     *
     * @param after the greatest {@link Lines#ordinal} up to which everything is in the log, or -1. A recording begins at
     *     its first line all the same, since what becomes of a line depends on those before it.
     * @throws IOException with one line that says what is wrong and what to do
     */
    Lines open(long after) throws IOException;
}
