package freshet.dashboard.http;

/** Answers requests of one route. */
@FunctionalInterface
public interface Handler {
    Answer handle(Request request) throws HttpProblem;
}
