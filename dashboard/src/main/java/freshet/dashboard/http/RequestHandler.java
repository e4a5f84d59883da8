package freshet.dashboard.http;

import static io.netty.handler.codec.http.HttpHeaderNames.ACCEPT_ENCODING;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_ENCODING;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of each request of a connection and writes its answer, one at a time. */
final class RequestHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    private final List<Route> routes;
    private final RateLimit rate;
    private final Executor workers;

    // Owned by the event loop.
    private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean answering;

    RequestHandler(List<Route> routes, RateLimit rate, Executor workers) {
        this.routes = routes;
        this.rate = rate;
        this.workers = workers;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.read();
    }

    /** The connection is read once per round, so what waits here is what one read brought. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        waiting.add((FullHttpRequest) message);
        if (!answering) {
            next(context);
        }
    }

    private void next(ChannelHandlerContext context) {
        FullHttpRequest request = waiting.poll();
        answering = request != null;
        if (request == null) {
            context.read();
            return;
        }
        try {
            answer(context, request);
        } finally {
            request.release();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
    }

    private void answer(ChannelHandlerContext context, FullHttpRequest message) {
        boolean keepAlive =
                HttpUtil.isKeepAlive(message) && message.decoderResult().isSuccess();
        boolean head = message.method().equals(HttpMethod.HEAD);
        boolean gzip = String.valueOf(message.headers().get(ACCEPT_ENCODING)).contains("gzip");
        try {
            check(context, message);
            Route route = null;
            RequestTarget target = RequestTarget.parse(message.uri());
            Map<String, String> captured = Map.of();
            for (Route next : routes) {
                captured = next.match(target.segments());
                if (captured != null) {
                    route = next;
                    break;
                }
            }
            if (route == null) {
                throw HttpProblem.notFound(
                        "there is nothing at " + Request.shown(target.path()) + "; /api lists what there is");
            }
            Request request = new Request(
                    target.path(), captured, target.query(), message.headers().copy());
            Handler handler = route.handler();
            if (route.blocks()) {
                workers.execute(() -> {
                    Answer plain = answer(handler, request);
                    Answer answer = gzip && plain instanceof Response response ? response.zipped() : plain;
                    context.executor().execute(() -> write(context, answer, keepAlive, head, gzip));
                });
            } else {
                write(context, answer(handler, request), keepAlive, head, gzip);
            }
        } catch (HttpProblem problem) {
            write(context, problem.toResponse(), keepAlive, head, gzip);
        } catch (RejectedExecutionException e) {
            write(
                    context,
                    HttpProblem.unavailable("too many requests at work; try again in a moment")
                            .toResponse(),
                    keepAlive,
                    head,
                    gzip);
        }
    }

    /** What is wrong with the request before anyone looks at where it leads. */
    private void check(ChannelHandlerContext context, FullHttpRequest message) throws HttpProblem {
        if (context.channel().remoteAddress() instanceof InetSocketAddress address
                && !rate.allows(address.getAddress())) {
            throw new HttpProblem(
                    HttpResponseStatus.TOO_MANY_REQUESTS, "more requests than one address may send; slow down", null);
        }
        Throwable cause = message.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            throw new HttpProblem(
                    HttpResponseStatus.REQUEST_URI_TOO_LONG,
                    "the request line is longer than " + HttpConfig.REQUEST_LINE_MAX + " bytes",
                    null);
        } else if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException) {
            throw new HttpProblem(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "the request's headers are longer than " + HttpConfig.HEADERS_MAX + " bytes",
                    null);
        } else if (cause != null) {
            throw new HttpProblem(HttpResponseStatus.BAD_REQUEST, "this is not HTTP: " + cause.getMessage(), null);
        }
        if (!message.method().equals(HttpMethod.GET) && !message.method().equals(HttpMethod.HEAD)) {
            throw new HttpProblem(
                    HttpResponseStatus.METHOD_NOT_ALLOWED,
                    "this server only answers GET and HEAD, not "
                            + message.method().name(),
                    null);
        }
    }

    private static Answer answer(Handler handler, Request request) {
        try {
            return handler.handle(request);
        } catch (HttpProblem problem) {
            return problem.toResponse();
        } catch (RuntimeException e) {
            LOG.warn("answering {} failed", request.path(), e);
            return new HttpProblem(
                            HttpResponseStatus.INTERNAL_SERVER_ERROR,
                            "answering failed: "
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse("?") + " (the log says more)",
                            null)
                    .toResponse();
        }
    }

    private void write(ChannelHandlerContext context, Answer answer, boolean keepAlive, boolean head, boolean gzip) {
        if (answer instanceof Answer.Takeover takeover) {
            for (Class<? extends io.netty.channel.ChannelHandler> mine :
                    List.of(IdleStateHandler.class, RequestHandler.class)) {
                context.pipeline().remove(mine);
            }
            takeover.begin(context.channel());
            return;
        }
        Response response = (Response) answer;
        boolean zipped = gzip && response.gzip() != null;
        byte[] body = zipped ? response.gzip() : response.body();
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, response.status(), head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        boolean empty = response.status().equals(HttpResponseStatus.NOT_MODIFIED);
        SecurityHeaders.add(message.headers());
        response.headers().forEach((name, value) -> message.headers().set(name, value));
        if (!empty) {
            message.headers().set(CONTENT_TYPE, response.contentType()).set(CONTENT_LENGTH, body.length);
        }
        if (zipped && !empty) {
            message.headers().set(CONTENT_ENCODING, "gzip");
        }
        if (response.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            message.headers().set("Allow", "GET, HEAD");
        } else if (response.status().equals(HttpResponseStatus.TOO_MANY_REQUESTS)) {
            message.headers().set("Retry-After", "1");
        }
        HttpUtil.setKeepAlive(message, keepAlive);
        context.writeAndFlush(message).addListener(done -> {
            if (keepAlive && done.isSuccess()) {
                context.executor()
                        .execute(() -> next(context)); // not from within: pipelined ones would pile up the stack
            } else {
                context.close();
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            context.close();
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof java.io.IOException)) {
            LOG.warn("connection of {} failed: {}", context.channel().remoteAddress(), cause.toString());
        }
        context.close();
    }
}
