package freshet.broker.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.common.network.Send;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.SendBuilder;

/** Lays out answers. */
public final class ResponseWriter {

    private ResponseWriter() {}

    /**
     * The bytes of an answer, length included, as Netty writes them: buffers, and file regions where the message holds
     * file-backed record batches.
     *
     * @throws org.apache.kafka.common.errors.UnsupportedVersionException when the message has a field set that the
     *     request's version doesn't know: a mistake of the handler
     */
    public static List<Object> write(Request request, ApiMessage response) {
        Send send = SendBuilder.buildResponseSend(request.responseHeader(), response, request.version());
        PartsChannel parts = new PartsChannel();
        try {
            while (!send.completed()) {
                send.writeTo(parts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts.parts();
    }
}
