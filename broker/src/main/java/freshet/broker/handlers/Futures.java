package freshet.broker.handlers;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.protocol.Errors;

/** Small things that handlers do with futures. */
final class Futures {

    private Futures() {}

    /** Done when all are; none of them may fail. */
    static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    /** Fails with Kafka's time-out when the future isn't done in time; what it stands for may still happen. */
    static <T> CompletableFuture<T> within(CompletableFuture<T> future, int timeoutMs) {
        return future.isDone() ? future : future.copy().orTimeout(Math.max(0, timeoutMs), TimeUnit.MILLISECONDS);
    }

    /** What a failed future is about. */
    static Throwable cause(Throwable problem) {
        Throwable cause = Errors.maybeUnwrapException(problem);
        return cause instanceof java.util.concurrent.TimeoutException
                ? new TimeoutException("It was not done in time.")
                : cause;
    }

    /** A message for the client: of errors it is meant to see as they are, of others just the code's. */
    static String message(Throwable cause) {
        return cause instanceof ApiException
                ? cause.getMessage()
                : Errors.forException(cause).message();
    }
}
