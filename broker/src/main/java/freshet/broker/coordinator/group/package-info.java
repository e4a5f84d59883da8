/**
 * Consumer groups: who is a member, who reads which partition, and how far each group has come.
 *
 * <p>A group runs through generations. When a member comes or goes the group <i>prepares a rebalance</i>: it waits until
 * everybody has joined again or the rebalance timeout is over. The next generation starts, its leader is told all
 * members' subscriptions, assigns partitions, and sends the assignment in its sync; the group is <i>stable</i> when that
 * assignment is in the log. Members show that they live by heartbeats.
 *
 * <pre>
 *             join                          all joined, or timeout             leader's sync
 *   Empty ──────────► PreparingRebalance ─────────────────────► CompletingRebalance ─────────► Stable
 *     ▲                 │         ▲                                    │                         │
 *     └─────────────────┘         └────────────────────────────────────┴─────────────────────────┘
 *         nobody joined                a member joins, leaves or falls silent; no sync in time
 * </pre>
 *
 * <p>What survives a restart is what was in the log: the last stable or empty generation and the committed offsets, in
 * the record layout of Kafka's own {@code __consumer_offsets}. A rebalance in progress does not survive; its members
 * are told so by their next request and join again. Protocol: KIP-62 (heartbeats), KIP-345 (static members), KIP-394
 * (known member ids), KIP-429 (cooperative), KIP-496 (offset deletion), KIP-709 (many groups in a fetch), KIP-814
 * (static leader without a new assignment).
 *
 * <p>{@link freshet.broker.coordinator.group.GroupCoordinator} is the entrance; a machine's requests are split into one
 * class each, all of them confined to the runtime's loop.
 */
package freshet.broker.coordinator.group;
