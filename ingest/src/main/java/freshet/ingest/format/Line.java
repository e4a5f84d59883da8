package freshet.ingest.format;

import freshet.ingest.contract.PostsRecord;

/** What a line of a source turned out to be. */
public sealed interface Line {

    /**
     * A post, a retraction or a time, in canonical form. A retraction whose notice doesn't say when has time
     * {@link #UNDATED}.
     */
    record Item(PostsRecord record) implements Line {}

    /** A message of the source about itself, e.g. {@code limit}: known, counted, of no further use. */
    record Control(String kind) implements Line {}

    /** What can't be read; the reason is one line. */
    record Unreadable(String reason) implements Line {}

    long UNDATED = -1;
}
