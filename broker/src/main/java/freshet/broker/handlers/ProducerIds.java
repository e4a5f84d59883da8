package freshet.broker.handlers;

import freshet.broker.metadata.MetadataStore;
import java.util.concurrent.CompletableFuture;

/**
 * Hands out producer ids that nobody else gets, in this life of the broker or another: a block at a time is reserved in
 * the metadata store, and what is left of it when the broker ends is never used. Thread-safe.
 */
final class ProducerIds {

    private static final int BLOCK = 1000;

    private final MetadataStore metadata;
    private CompletableFuture<Long> block;
    private int used;

    ProducerIds(MetadataStore metadata) {
        this.metadata = metadata;
    }

    synchronized CompletableFuture<Long> next() {
        if (block == null || used == BLOCK || block.isCompletedExceptionally()) {
            block = metadata.reserveProducerIds(BLOCK);
            used = 0;
        }
        int index = used++;
        return block.thenApply(first -> first + index);
    }
}
