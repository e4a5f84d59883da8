package freshet.trends.runtime;

/**
 * A record of a step's input.
 *
 * @param timestamp its event time, milliseconds
 */
public record LogRecord(int partition, long offset, long timestamp, byte[] key, byte[] value) {}
