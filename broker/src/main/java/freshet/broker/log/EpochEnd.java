package freshet.broker.log;

/**
 * Where a leader epoch ended.
 *
 * @param leaderEpoch the largest epoch known that is not past the one asked for, or −1
 * @param endOffset the first offset that does not belong to it, or −1
 */
public record EpochEnd(int leaderEpoch, long endOffset) {
    public static final EpochEnd UNKNOWN = new EpochEnd(-1, -1L);
}
