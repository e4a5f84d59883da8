package freshet.ingest.mock;

import freshet.ingest.source.Source;
import freshet.ingest.source.WallTime;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one connection's one request: with a stream, or with what is wrong about it. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    /** Without a pace: enough to keep a fast client busy, little enough to feel a slow one. */
    private static final int MAX_SPEED_BOUND = 256 * 1024;

    private static final Pattern WHOLE_ADDRESS = Pattern.compile("(?i)https?://([^/?#]*)(/.*)");

    /** The handler that ends connections from which no request comes. */
    static final String PATIENCE = "patience";

    private final MockConfig config;
    private final Source recording;
    private final WallTime wall;
    private final ExecutorService players;
    private final OAuthCheck oauth;
    private final BooleanSupplier room;

    private Outlet outlet;

    /** @param room whether one more client may be served */
    RequestHandler(MockConfig config, Source recording, WallTime wall, ExecutorService players, BooleanSupplier room) {
        this.room = room;
        this.config = config;
        this.recording = recording;
        this.wall = wall;
        this.players = players;
        this.oauth = new OAuthCheck(config.keys(), wall);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (outlet != null) {
            return; // a stream has no end, so there is no second request
        }
        try {
            if (!request.decoderResult().isSuccess()) {
                throw RefusedException.unreadable(request.decoderResult().cause());
            }
            toOriginForm(request);
            StreamRequest asked = StreamRequest.parse(request);
            if (config.requireAuth()) {
                oauth.check(request, asked.parameters());
            }
            Failure failure = asked.failure() != null
                    ? asked.failure()
                    : config.failures().next();
            if (failure.kind() == Failure.Kind.STATUS) {
                throw RefusedException.onRequest(failure.value());
            }
            if (!room.getAsBoolean()) {
                throw new RefusedException(420, "Exceeded connection limit: too many clients read this feed");
            }
            stream(context, request, asked, failure);
        } catch (RefusedException e) {
            refuse(context, e);
        }
    }

    /** A client that takes this for its proxy names the whole address, whose host counts (RFC 9112, section 3.2.2). */
    private static void toOriginForm(FullHttpRequest request) {
        Matcher whole = WHOLE_ADDRESS.matcher(request.uri());
        if (whole.matches()) {
            request.headers().set(HttpHeaderNames.HOST, whole.group(1));
            request.setUri(whole.group(2));
        }
    }

    private void stream(ChannelHandlerContext context, FullHttpRequest request, StreamRequest asked, Failure failure) {
        context.pipeline().remove(PATIENCE);
        String name = asked.endpoint() + "-" + context.channel().id().asShortText();
        outlet = new Outlet(context.channel(), config.speed().isMax() ? MAX_SPEED_BOUND : config.backlogBytes());
        ClientStream stream = new ClientStream(config, asked, failure, recording, outlet, wall, name);
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache, no-store, must-revalidate")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (asked.gzip()) {
            response.headers().set(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
        }
        // A client of HTTP/1.0 knows no chunks and reads until the connection is closed.
        if (request.protocolVersion().isKeepAliveDefault()) {
            response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        try {
            context.writeAndFlush(response);
            players.execute(stream);
        } catch (RejectedExecutionException e) {
            context.close();
        }
    }

    private static void refuse(ChannelHandlerContext context, RefusedException e) {
        LOG.debug("mock: refused: {} {}", e.status(), e.getMessage());
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, e.status(), ByteBufUtil.writeUtf8(context.alloc(), e.getMessage() + "\n"));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (e.status().code() == 401) {
            response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "OAuth realm=\"Freshet mock feed\"");
        }
        if (e.status().code() == 405) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET, POST");
        }
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (outlet != null) {
            outlet.changed(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (outlet != null) {
            outlet.changed(true);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("mock: connection broke", cause);
        context.close();
    }
}
