package freshet.broker.handlers;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * Tells which APIs and versions the broker speaks.
 *
 * <p>Produce is the one exception to "what is advertised works": it is advertised from version 0 though the codec begins
 * at 3, because librdkafka 2.0 reads a higher minimum as "this broker can't take compressed batches" and stops
 * compressing. No client that asks for versions ever sends those (KIP-896).
 */
final class ApiVersionsHandler implements RequestHandler<ApiVersionsRequestData> {

    private static final Pattern SOFTWARE_NAME = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?");

    /** Read at every request: handlers are still being registered when this one is made. */
    private final Collection<RequestHandler<?>> handlers;

    ApiVersionsHandler(Collection<RequestHandler<?>> handlers) {
        this.handlers = handlers;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.API_VERSIONS;
    }

    @Override
    public CompletableFuture<ApiVersionsResponseData> handle(RequestContext context, ApiVersionsRequestData request) {
        if (context.apiVersion() >= 3
                && !(SOFTWARE_NAME.matcher(request.clientSoftwareName()).matches()
                        && SOFTWARE_NAME
                                .matcher(request.clientSoftwareVersion())
                                .matches())) {
            return CompletableFuture.completedFuture(
                    new ApiVersionsResponseData().setErrorCode(Errors.INVALID_REQUEST.code()));
        }
        ApiVersionCollection versions = new ApiVersionCollection();
        for (RequestHandler<?> handler : handlers) {
            versions.add(new ApiVersion()
                    .setApiKey(handler.key().id)
                    .setMinVersion(handler.key() == ApiKeys.PRODUCE ? 0 : handler.minVersion())
                    .setMaxVersion(handler.maxVersion()));
        }
        return CompletableFuture.completedFuture(new ApiVersionsResponseData().setApiKeys(versions));
    }
}
