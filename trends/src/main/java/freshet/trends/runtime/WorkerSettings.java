package freshet.trends.runtime;

/**
 * How a worker paces itself; results don't depend on it. Times are in milliseconds.
 *
 * @param flushEvery how long rows wait for more of them
 * @param commitEvery how long what is done may stay uncommitted
 * @param snapshotEvery the same for tasks whose state is kept in snapshots
 * @param drift how far in event time a partition may run ahead of the slowest with a backlog
 * @param trimEvery how many records are deleted from the input at a time where the step may do so
 */
public record WorkerSettings(long flushEvery, long commitEvery, long snapshotEvery, long drift, long trimEvery) {

    public static final WorkerSettings DEFAULT = new WorkerSettings(100, 1_000, 10_000, 600_000, 10_000);
}
