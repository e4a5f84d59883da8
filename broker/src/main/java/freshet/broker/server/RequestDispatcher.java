package freshet.broker.server;

import freshet.broker.handlers.HandlerRegistry;
import freshet.broker.handlers.RequestContext;
import freshet.broker.handlers.RequestHandler;
import freshet.broker.network.BadFrameException;
import freshet.broker.network.ConnectionInfo;
import freshet.broker.network.FrameProcessor;
import freshet.broker.protocol.Request;
import freshet.broker.protocol.RequestReader;
import freshet.broker.protocol.ResponseWriter;
import freshet.broker.protocol.VersionRange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.buffer.ByteBuf;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a frame to its handler and back: reads, asks, writes, and turns what goes wrong into the API's own errors. */
final class RequestDispatcher implements FrameProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(RequestDispatcher.class);

    private final HandlerRegistry handlers;
    private final RequestReader reader;
    private final Map<ApiKeys, Timer> timers = new EnumMap<>(ApiKeys.class);
    private final Map<ApiKeys, Counter> failures = new EnumMap<>(ApiKeys.class);
    private final Counter rejected;
    private final Counter bytesIn;

    RequestDispatcher(HandlerRegistry handlers, MeterRegistry meters) {
        this.handlers = handlers;
        Map<ApiKeys, VersionRange> spoken = new EnumMap<>(ApiKeys.class);
        for (RequestHandler<?> handler : handlers.all()) {
            spoken.put(handler.key(), new VersionRange(handler.minVersion(), handler.maxVersion()));
            timers.put(
                    handler.key(),
                    Timer.builder("freshet.broker.requests")
                            .description("Requests, from read to answered; a fetch's or join's wait is part of it")
                            .tag("api", handler.key().name)
                            .register(meters));
            failures.put(
                    handler.key(),
                    Counter.builder("freshet.broker.request.errors")
                            .description("Requests that failed as a whole")
                            .tag("api", handler.key().name)
                            .register(meters));
        }
        this.reader = new RequestReader(spoken);
        this.rejected = Counter.builder("freshet.broker.requests.rejected")
                .description("Frames that were no request the broker speaks")
                .register(meters);
        this.bytesIn = Counter.builder("freshet.broker.bytes.in")
                .description("Bytes of requests")
                .register(meters);
    }

    @Override
    public CompletableFuture<List<Object>> process(ConnectionInfo connection, ByteBuf frame) {
        bytesIn.increment(frame.readableBytes());
        Request request;
        try {
            request = reader.read(frame.nioBuffer());
        } catch (InvalidRequestException e) {
            rejected.increment();
            return CompletableFuture.failedFuture(new BadFrameException(e.getMessage()));
        }
        long start = System.nanoTime();
        CompletableFuture<? extends ApiMessage> response = answer(connection, request);
        CompletableFuture<List<Object>> parts = response.handle((message, problem) -> {
            timers.get(request.key()).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return problem == null ? write(request, message) : writeError(connection, request, problem);
        });
        // The other way round: a client that went away ends what it waits for.
        parts.whenComplete((done, problem) -> {
            if (problem instanceof CancellationException) {
                response.cancel(false);
            }
        });
        return parts;
    }

    private CompletableFuture<? extends ApiMessage> answer(ConnectionInfo connection, Request request) {
        if (request instanceof RequestReader.UnsupportedVersion unsupported) {
            return CompletableFuture.failedFuture(unsupported.problem());
        }
        RequestContext context = new RequestContext(
                request.key(),
                request.version(),
                request.correlationId(),
                request.clientId(),
                connection.id(),
                connection.remote().getAddress(),
                connection.listener(),
                KafkaPrincipal.ANONYMOUS);
        try {
            return handle(handlers.get(request.key()), context, request.message());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A handler is registered under the key whose messages it takes, so the cast holds. */
    @SuppressWarnings("unchecked")
    private static <Q extends ApiMessage> CompletableFuture<? extends ApiMessage> handle(
            RequestHandler<Q> handler, RequestContext context, ApiMessage message) {
        return handler.handle(context, (Q) message);
    }

    private static List<Object> write(Request request, ApiMessage message) {
        return message == null ? List.of() : ResponseWriter.write(request, message);
    }

    private List<Object> writeError(ConnectionInfo connection, Request request, Throwable problem) {
        Throwable cause = Errors.maybeUnwrapException(problem);
        failures.get(request.key()).increment();
        if (!(cause instanceof ApiException || cause instanceof CancellationException)) {
            LOG.error(
                    "Request {} version {} of client {} at {} failed",
                    request.key().name,
                    request.version(),
                    request.clientId(),
                    connection,
                    cause);
        }
        ApiMessage response = request.errorResponse(cause);
        if (response == null) {
            // acks=0: no answer is possible, but a closed connection tells the producer to look again.
            throw new BadFrameException(
                    "request " + request.key().name + " without acknowledgement failed: " + cause.getMessage());
        }
        return ResponseWriter.write(request, response);
    }
}
