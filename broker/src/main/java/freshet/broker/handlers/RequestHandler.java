package freshet.broker.handlers;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Answers one API key.
 *
 * <p>Generated response messages throw when a field that an old version lacks is set to anything but its default, so a
 * handler looks at {@link RequestContext#apiVersion()} before it fills such a field.
 *
 * @param <Q> the request's generated message
 */
public interface RequestHandler<Q extends ApiMessage> {

    ApiKeys key();

    /** Oldest version advertised; by default the oldest that the codec reads. */
    default short minVersion() {
        return key().oldestVersion();
    }

    /** Newest version advertised; by default the newest stable one of the codec. */
    default short maxVersion() {
        return key().messageType.highestSupportedVersion(false);
    }

    /**
     * Answers {@code request}.
     *
     * <p>Record batches inside the request are slices of the network buffer: they are valid until this method returns
     * and not after, so append or copy them before. Everything else in the request may be kept.
     *
     * @return the response message; {@code null} inside the future where the protocol wants no answer ({@code acks=0}).
     *     A failed future, or an exception thrown here, becomes the API's own error response: {@code ApiException}s
     *     with their code, anything else as {@code UNKNOWN_SERVER_ERROR} with a log line.
     */
    CompletableFuture<? extends ApiMessage> handle(RequestContext context, Q request);
}
