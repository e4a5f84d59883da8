/**
 * Metadata in ZooKeeper; alone in the broker imports Curator.
 *
 * <p>What stands where, under the chroot of {@code zookeeper.connect} ({@code /freshet} without one). All values are
 * binary and begin with a version byte.
 *
 * <pre>
 *   /cluster-id                 text
 *   /brokers/ID                 ephemeral: incarnation, endpoints, rack
 *   /controller                 ephemeral: broker id, incarnation
 *   /producer-ids               the first id that no broker has reserved
 *   /topics/NAME                topic id, number of partitions, settings
 *   /topics/NAME/assignment-N   replicas of up to 4,096 partitions: written at creation, then hardly ever
 *   /topics/NAME/state-N        leader, epochs and in-sync replicas of the same partitions: written at every election
 * </pre>
 *
 * <p>A znode holds 1 MiB and is written whole, so a topic's partitions stand in shards, and what changes often apart
 * from what doesn't. A topic is created, grown and deleted in one transaction; nobody sees half of one. Changes of
 * state are conditional on the version that was read.
 *
 * <p>One thread ({@code freshet-metadata}) owns the connection and makes all images; one persistent recursive watch
 * tells it what changed.
 */
package freshet.broker.metadata.zookeeper;
