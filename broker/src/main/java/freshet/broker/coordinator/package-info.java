/**
 * A runtime for replicated state machines whose log is a partition of one of our own topics.
 *
 * <p>A request <i>decides</i>: it looks at the state and returns records and an answer in a {@link
 * freshet.broker.coordinator.Decision}. The records are appended to the partition; only when they are there does the
 * machine {@linkplain freshet.broker.coordinator.StateMachine#replay replay} them, and only replay changes what
 * outlives a restart. The same code therefore runs at start, after a crash and live, and an append that fails leaves
 * the state untouched. The answer leaves when the records, and all that was decided before them, are below the high
 * watermark: nobody is told what a failover could take back.
 *
 * <p>All machines of a runtime run on one {@link freshet.broker.coordinator.Loop}, a thread that also owns their timers;
 * logs are loaded beside it. The group coordinator lives in {@code group}.
 *
 * <p>Nothing here is null unless its documentation says so.
 */
package freshet.broker.coordinator;
