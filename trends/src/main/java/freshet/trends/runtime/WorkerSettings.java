package freshet.trends.runtime;

/**
 * How a worker paces itself; results don't depend on it. All in milliseconds.
 *
 * @param flushEvery how long rows wait for more of them
 * @param commitEvery how long what is done may stay uncommitted
 * @param snapshotEvery the same for tasks whose state is kept in snapshots
 * @param drift how far in event time a partition may run ahead of the slowest with a backlog
 */
public record WorkerSettings(long flushEvery, long commitEvery, long snapshotEvery, long drift) {

    public static final WorkerSettings DEFAULT = new WorkerSettings(100, 1_000, 10_000, 600_000);
}
