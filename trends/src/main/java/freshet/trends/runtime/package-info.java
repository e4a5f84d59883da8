/**
 * Hosts the steps: poll, apply, produce, snapshot, commit. A {@link freshet.trends.runtime.Worker} runs one step on one
 * thread for whichever partitions the group gives it, and knows the log only through
 * {@link freshet.trends.runtime.StepLog}: kafka-clients in earnest, memory in a simulation that crashes it after each of
 * its numbered {@link freshet.trends.runtime.Point points}.
 *
 * <p>Invariant: what is committed for a partition is an offset whose every output has been acknowledged, beside a note
 * from which the state at that offset can be had again. Nothing else survives a worker.
 */
package freshet.trends.runtime;
