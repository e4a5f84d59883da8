package freshet.ingest.contract;

/** Names, keys and headers of the topics that ingest writes. */
public final class PostsTopic {

    /** Base name of the topic of canonical posts; see {@link Stream#topic}. */
    public static final String POSTS = "posts";

    /** Base name of the topic of what could not be read or believed: one partition, its bytes as value. */
    public static final String REJECTED = "posts-rejected";

    /** Header of posts and rejected: the source as named on the command line, e.g. {@code file:day.ndjson.gz}. */
    public static final String HEADER_SOURCE = "source";

    /** Header of posts and rejected: where in its source it stood, e.g. {@code 1234} (line); a restart resumes by it. */
    public static final String HEADER_POSITION = "position";

    /** Header of rejected: one line that says what was wrong. */
    public static final String HEADER_REASON = "reason";

    /** Header of rejected: length in bytes of the whole input, of which the value holds at most {@link #REJECTED_BYTES_MAX}. */
    public static final String HEADER_LENGTH = "length";

    public static final int REJECTED_BYTES_MAX = 512 * 1024;

    private PostsTopic() {}

    /** The key of an author's records. */
    public static String key(String source, String authorId) {
        return source + ":" + authorId;
    }
}
