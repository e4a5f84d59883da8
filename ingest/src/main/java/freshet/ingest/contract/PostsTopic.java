package freshet.ingest.contract;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Names, settings, keys and headers of the topics that ingest writes. */
public final class PostsTopic {

    /** Base name of the topic of canonical posts; see {@link Stream#topic}. */
    public static final String POSTS = "posts";

    /** Base name of the topic of what could not be read or believed: one partition, its bytes as value. */
    public static final String REJECTED = "posts-rejected";

    /** How {@code posts} is created: at most 2 GiB a partition. */
    public static final TopicSpec POSTS_SPEC = TopicSpec.keptBySize(POSTS, 6, 2L << 30);

    /** How {@code posts-rejected} is created: one partition of at most 256 MiB. */
    public static final TopicSpec REJECTED_SPEC = TopicSpec.keptBySize(REJECTED, 1, 256L << 20);

    /** Header of posts and rejected: the source by name without folders, e.g. {@code file:day.ndjson.gz}. */
    public static final String HEADER_SOURCE = "source";

    /** Header of posts and rejected: where in its source it stood, e.g. {@code day.ndjson.gz:1234}; a restart resumes by it. */
    public static final String HEADER_POSITION = "position";

    /** Header of rejected: one line that says what was wrong. */
    public static final String HEADER_REASON = "reason";

    /** Header of rejected: length in bytes of the whole input, of which the value holds at most {@link #REJECTED_BYTES_MAX}. */
    public static final String HEADER_LENGTH = "length";

    /** Most bytes of what was rejected that are kept. */
    public static final int REJECTED_BYTES_MAX = 512 * 1024;

    /** Largest value of {@code posts}; what would be larger is rejected. Well under a broker's usual 1 MiB. */
    public static final int VALUE_BYTES_MAX = 256 * 1024;

    private PostsTopic() {}

    /** The key of an author's records. */
    public static String key(String source, String authorId) {
        return source + ":" + authorId;
    }

    /** The same as bytes; half a surrogate pair is as in the value, where it can't stand either. */
    public static byte[] keyBytes(String source, String authorId) {
        return PostCodec.wellFormed(key(source, authorId)).getBytes(StandardCharsets.UTF_8);
    }

    /** The partition of a key: that of Kafka's Java client (murmur2), which other clients must be set to. */
    public static int partition(String key, int partitions) {
        return partition(key.getBytes(StandardCharsets.UTF_8), partitions);
    }

    /** The partition of a key that is encoded already. */
    public static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
