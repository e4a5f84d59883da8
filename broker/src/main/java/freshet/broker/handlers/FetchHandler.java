package freshet.broker.handlers;

import freshet.broker.metadata.MetadataStore;
import freshet.broker.partition.Partitions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * Reads batches, waiting up to {@code max.wait} for {@code min.bytes} of them.
 *
 * <p>Fetch sessions (KIP-227) are declined: every answer has session id 0, on which clients send full fetches. A session
 * saves bytes where a client reads many partitions of which few have news; here it would be state for each client.
 */
public final class FetchHandler implements RequestHandler<FetchRequestData> {

    /** {@code fetch.max.bytes} of Kafka's broker, whatever a client asks for. */
    private static final int MAX_BYTES = 55 << 20;

    private static final int NO_SESSION = 0;
    private static final int FINAL_EPOCH = -1;
    private static final int INITIAL_EPOCH = 0;

    private final LocalPartitions partitions;
    private final PageCache pageCache;
    private final Executor requestThreads;
    private final ScheduledExecutorService timer;

    /**
     * @param requestThreads where a fetch that had to wait goes on
     * @param timer runs nothing but the end of waits
     */
    public FetchHandler(
            int brokerId,
            MetadataStore metadata,
            Partitions partitions,
            PageCache pageCache,
            Executor requestThreads,
            ScheduledExecutorService timer) {
        this.partitions = new LocalPartitions(brokerId, metadata, partitions);
        this.pageCache = pageCache;
        this.requestThreads = requestThreads;
        this.timer = timer;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.FETCH;
    }

    @Override
    public CompletableFuture<FetchResponseData> handle(RequestContext context, FetchRequestData request) {
        boolean full = request.sessionEpoch() == FINAL_EPOCH || request.sessionEpoch() == INITIAL_EPOCH;
        if (!full || (request.sessionId() != NO_SESSION && request.sessionEpoch() != FINAL_EPOCH)) {
            return CompletableFuture.completedFuture(
                    new FetchResponseData().setErrorCode(Errors.FETCH_SESSION_ID_NOT_FOUND.code()));
        }
        PendingFetch fetch = new PendingFetch(partitions, pageCache, context.apiVersion(), request, MAX_BYTES);
        return fetch.run(requestThreads, timer);
    }
}
