package freshet.ingest.mock;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** A request that is answered with an error; the message is what the answer says. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;
    private static final int ENHANCE_YOUR_CALM = 420;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    HttpResponseStatus status() {
        return status == ENHANCE_YOUR_CALM
                ? new HttpResponseStatus(status, "Enhance Your Calm")
                : HttpResponseStatus.valueOf(status);
    }

    /** For what could not be read as a request. */
    static RefusedException unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new RefusedException(
                    414,
                    "the address is longer than " + MockServer.REQUEST_LINE_MAX
                            + " bytes; send long lists in a form, by POST");
        } else if (cause instanceof TooLongHttpHeaderException) {
            return new RefusedException(431, "the headers are longer than " + MockServer.HEADERS_MAX + " bytes");
        }
        return new RefusedException(400, "this is no HTTP request");
    }

    /** For those that are asked for by number. */
    static RefusedException onRequest(int status) {
        return new RefusedException(
                status,
                switch (status) {
                    case 401 -> "Unauthorized (on request)";
                    case 406 -> "Not Acceptable (on request)";
                    case 413 -> "Too Long (on request)";
                    case ENHANCE_YOUR_CALM -> "Exceeded connection limit for user (on request)";
                    case 503 -> "Service Unavailable (on request)";
                    default -> "HTTP " + status + " (on request)";
                });
    }
}
