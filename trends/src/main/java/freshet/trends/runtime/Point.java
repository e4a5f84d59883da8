package freshet.trends.runtime;

/** The points of a worker's round, in order. A simulation crashes a worker right after each. */
public enum Point {
    /** Records were read; nothing was applied. */
    POLLED,
    /** Records were applied; their outputs, if any, are still in memory. */
    APPLIED,
    /** Outputs were handed to the log, which may have written some, all or none of them. */
    SENT,
    /** All outputs were acknowledged. */
    ACKNOWLEDGED,
    /** A snapshot, or blocks of what is remembered, were written and acknowledged. */
    SNAPSHOT_WRITTEN,
    /** Offsets and notes were committed. */
    COMMITTED,
    /** What no one will read again was deleted. */
    TRIMMED
}
