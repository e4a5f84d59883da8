package freshet.broker.protocol;

import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;

/** A request as read: its header and its body. */
public class Request {

    private final RequestHeader header;
    private final AbstractRequest body;

    Request(RequestHeader header, AbstractRequest body) {
        this.header = header;
        this.body = body;
    }

    public ApiKeys key() {
        return header.apiKey();
    }

    public short version() {
        return header.apiVersion();
    }

    public int correlationId() {
        return header.correlationId();
    }

    /** Empty when the client gave none. */
    public String clientId() {
        return header.clientId() == null ? "" : header.clientId();
    }

    public ApiMessage message() {
        return body.data();
    }

    ResponseHeader responseHeader() {
        return header.toResponseHeader();
    }

    /** The answer that tells of {@code problem} in this API's own way; null where the protocol wants no answer. */
    public ApiMessage errorResponse(Throwable problem) {
        AbstractResponse response = body.getErrorResponse(problem);
        return response == null ? null : response.data();
    }
}
