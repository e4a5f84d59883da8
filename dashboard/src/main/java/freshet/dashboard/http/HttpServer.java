package freshet.dashboard.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and serves routes until it is closed. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int EVENT_LOOPS = 2;
    private static final int WORKERS = 4;
    private static final int WAITING_MAX = 256;

    private final HttpConfig config;
    private final List<Route> routes;
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ExecutorService workers;
    private final EventLoopGroup loops;
    private Channel listening;

    public HttpServer(HttpConfig config, List<Route> routes) {
        this.config = config;
        this.routes = List.copyOf(routes);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                new DefaultThreadFactory("dashboard-worker", true));
        pool.allowCoreThreadTimeOut(true);
        this.workers = pool;
        this.loops = new MultiThreadIoEventLoopGroup(
                EVENT_LOOPS, new DefaultThreadFactory("dashboard-http", true), NioIoHandler.newFactory());
    }

    /** @throws IOException in one line: the port is in use, the address is not of this machine */
    public void start() throws IOException {
        RateLimit rate = new RateLimit(config.requestsPerSecond(), config.burst(), System::nanoTime);
        ConnectionLimit limit = new ConnectionLimit(config.connectionsMax(), open);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(limit)
                                .addLast(
                                        new IdleStateHandler(0, 0, config.idle().toSeconds(), TimeUnit.SECONDS))
                                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                                        .setMaxInitialLineLength(HttpConfig.REQUEST_LINE_MAX)
                                        .setMaxHeaderSize(HttpConfig.HEADERS_MAX)))
                                .addLast(new HttpObjectAggregator(HttpConfig.BODY_MAX, true))
                                .addLast(new RequestHandler(routes, rate, workers));
                    }
                })
                .bind(new InetSocketAddress(config.host(), config.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IOException(
                    "the dashboard cannot listen on " + config.host() + ":" + config.port() + ": "
                            + bound.cause().getMessage() + " (is it running already? choose another port with --port)",
                    bound.cause());
        }
        listening = bound.channel();
        InetSocketAddress address = (InetSocketAddress) listening.localAddress();
        if (!address.getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "the dashboard listens on {}, not only on this machine: anyone who reaches port {} can read it",
                    config.host(),
                    address.getPort());
        }
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** How many connections are open. */
    public int connections() {
        return open.size();
    }

    @Override
    public void close() {
        if (listening != null) {
            listening.close().awaitUninterruptibly(1_000);
        }
        open.close().awaitUninterruptibly(1_000);
        workers.shutdownNow();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
}
