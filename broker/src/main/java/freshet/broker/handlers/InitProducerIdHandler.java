package freshet.broker.handlers;

import freshet.broker.metadata.MetadataStore;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * Gives idempotent producers their ids. A producer that lost track (KIP-360) just gets a new id: its old one ends with
 * its state, and an id is not scarce. Transactions are not supported; who asks for one hears so.
 */
public final class InitProducerIdHandler implements RequestHandler<InitProducerIdRequestData> {

    private final ProducerIds ids;

    public InitProducerIdHandler(MetadataStore metadata) {
        this.ids = new ProducerIds(metadata);
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.INIT_PRODUCER_ID;
    }

    @Override
    public CompletableFuture<InitProducerIdResponseData> handle(
            RequestContext context, InitProducerIdRequestData request) {
        if (request.transactionalId() != null) {
            return CompletableFuture.completedFuture(none(Errors.UNSUPPORTED_VERSION));
        }
        return ids.next()
                .handle((id, problem) -> problem == null
                        ? new InitProducerIdResponseData().setProducerId(id).setProducerEpoch((short) 0)
                        : none(Errors.forException(Futures.cause(problem))));
    }

    private static InitProducerIdResponseData none(Errors error) {
        return new InitProducerIdResponseData()
                .setErrorCode(error.code())
                .setProducerId(-1)
                .setProducerEpoch((short) -1);
    }
}
