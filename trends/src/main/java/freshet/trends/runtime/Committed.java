package freshet.trends.runtime;

/**
 * What a group has committed for a partition.
 *
 * @param offset everything before it is done, and its outputs acknowledged
 * @param note how to have the state at that offset again
 */
public record Committed(long offset, String note) {}
