package freshet.dashboard.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/** A request that cannot be answered: the status, a sentence for a person, and the parameter that was wrong, if one was. */
public final class HttpProblem extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String parameter;

    public HttpProblem(HttpResponseStatus status, String message, String parameter) {
        super(message, null, false, false);
        this.status = status.code();
        this.parameter = parameter;
    }

    public static HttpProblem badParameter(String parameter, String message) {
        return new HttpProblem(HttpResponseStatus.BAD_REQUEST, message, parameter);
    }

    public static HttpProblem notFound(String message) {
        return new HttpProblem(HttpResponseStatus.NOT_FOUND, message, null);
    }

    public static HttpProblem unavailable(String message) {
        return new HttpProblem(HttpResponseStatus.SERVICE_UNAVAILABLE, message, null);
    }

    HttpResponseStatus status() {
        return HttpResponseStatus.valueOf(status);
    }

    /** {@code {"error":{"status":400,"message":"…","parameter":"window"}}}. */
    Response toResponse() {
        StringBuilder json = new StringBuilder("{\"error\":{\"status\":").append(status);
        json.append(",\"message\":").append(Json.quote(getMessage()));
        if (parameter != null) {
            json.append(",\"parameter\":").append(Json.quote(parameter));
        }
        return Response.json(status(), json.append("}}").toString());
    }
}
