/**
 * What the cluster looks like, as immutable values, and the one place that can change it.
 *
 * <p>A {@link freshet.broker.metadata.ClusterImage} is a picture of brokers and topics at one moment; handlers read
 * it without locks. A change goes to the {@link freshet.broker.metadata.MetadataStore}, is written there first, and
 * comes back to everyone, the asker included, as the next image. Only {@code metadata.zookeeper} knows where the store
 * keeps it.
 */
package freshet.broker.metadata;
