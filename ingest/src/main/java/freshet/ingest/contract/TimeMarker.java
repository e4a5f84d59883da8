package freshet.ingest.contract;

/**
 * Says that its partition's clock has reached a time although no post says so.
 *
 * @param time milliseconds since the epoch
 */
public record TimeMarker(long time) implements PostsRecord {}
