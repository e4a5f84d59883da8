package freshet.broker.partition;

/** Someone waiting for the high watermark to move. */
public interface Wait {
    /** Gives up waiting; the action may still run if it is running already. Does no harm afterwards. */
    void cancel();
}
