package freshet.broker.coordinator;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.common.protocol.Errors;

/**
 * Where the answer to one request goes, and how an error is said in it. Answered once; later answers are ignored.
 *
 * @param onError the response that says an error, for requests whose errors stand inside the response
 */
public record Reply<T>(CompletableFuture<T> future, Function<Errors, T> onError) {
    /** A reply that nobody has answered yet. */
    public static <T> Reply<T> of(Function<Errors, T> onError) {
        return new Reply<>(new CompletableFuture<>(), onError);
    }

    /** Answers at once. State that is not yet committed must be answered through {@link Decision#answer} instead. */
    public void complete(T response) {
        future.complete(response);
    }

    /** Answers an error at once. */
    public void fail(Errors error) {
        future.complete(onError.apply(error));
    }
}
