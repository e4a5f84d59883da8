package freshet.broker.partition;

/** How far a reader may see. */
public enum ReadLimit {
    /** A consumer: what cannot be lost any more. */
    HIGH_WATERMARK,
    /** A consumer that reads committed transactions only. */
    LAST_STABLE_OFFSET,
    /** A follower or this broker itself: all there is. */
    LOG_END
}
