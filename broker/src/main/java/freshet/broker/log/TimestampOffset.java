package freshet.broker.log;

/** A record found by time: its timestamp (ms), its offset and the leader epoch of its batch (−1 when unknown). */
public record TimestampOffset(long timestamp, long offset, int leaderEpoch) {}
