package freshet.ingest.contract;

/** What a record of {@code posts} is: a post, a retraction or a time marker. */
public sealed interface PostsRecord permits Post, Retraction, TimeMarker {

    /** Event time in milliseconds since the epoch; the record's Kafka timestamp. */
    long time();
}
