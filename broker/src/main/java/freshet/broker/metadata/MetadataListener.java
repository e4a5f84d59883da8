package freshet.broker.metadata;

/** Hears of every new image, in order, on the store's own thread: it must be quick and must not call the store. */
@FunctionalInterface
public interface MetadataListener {

    void onChange(ClusterImage before, ClusterImage now);
}
