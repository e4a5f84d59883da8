package freshet.broker.network;

import freshet.broker.config.Listener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FileRegion;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker's sockets: binds listeners, accepts connections up to a limit, and closes them all in the end. */
public final class NetworkServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkServer.class);
    private static final int BACKLOG = 128;

    private final NetworkConfig config;
    private final Executor requestThreads;
    private final MemoryBudget queuedFrames;
    private final MemoryBudget partialFrames;
    private final EventLoopGroup loops;
    private final boolean epoll = Epoll.isAvailable();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Map<String, Channel> listeners = new LinkedHashMap<>();
    private final AtomicInteger connectionNumbers = new AtomicInteger();
    private final LogQuota complaints = new LogQuota(System::nanoTime);
    private final Counter refused;
    private final Counter bytesOut;

    /** @param requestThreads run everything that may wait: requests of one connection one at a time */
    public NetworkServer(NetworkConfig config, Executor requestThreads, MeterRegistry meters) {
        this.config = config;
        this.requestThreads = requestThreads;
        this.queuedFrames = new MemoryBudget(config.queuedBytes());
        this.partialFrames = new MemoryBudget(config.queuedBytes());
        DefaultThreadFactory threads = new DefaultThreadFactory("freshet-network");
        this.loops = new MultiThreadIoEventLoopGroup(
                config.eventLoops(), threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.refused = Counter.builder("freshet.broker.connections.refused")
                .description("Connections closed at once because of max.connections")
                .register(meters);
        this.bytesOut = Counter.builder("freshet.broker.bytes.out")
                .description("Bytes of answers")
                .register(meters);
        Gauge.builder("freshet.broker.connections", connections, ChannelGroup::size)
                .description("Open connections")
                .register(meters);
        Gauge.builder("freshet.broker.queued.bytes", queuedFrames, MemoryBudget::used)
                .description("Bytes of requests received and not yet handled")
                .register(meters);
    }

    /**
     * Binds a listener. Who connects waits in the backlog until {@link #startAccepting()}.
     *
     * @return the port, which matters where 0 was asked for
     * @throws IOException with a finished sentence when the address cannot be had
     */
    public int bind(Listener listener, FrameProcessor processor) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(256 << 10, 1 << 20))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel, listener, processor);
                    }
                });
        InetSocketAddress address = listener.host().isEmpty()
                ? new InetSocketAddress(listener.port())
                : new InetSocketAddress(listener.host(), listener.port());
        if (address.isUnresolved()) {
            throw new IOException("Cannot listen on " + listener + ": unknown host; check the setting listeners.");
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Cannot listen on port " + listener.port() + " ("
                            + bound.cause().getMessage()
                            + "): is another broker running there? Stop it or choose another port with --broker-port or listeners.",
                    bound.cause());
        }
        listeners.put(listener.name(), bound.channel());
        int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        LOG.info("Listening on {} port {} ({})", listener.name(), port, epoll ? "epoll" : "nio");
        return port;
    }

    private void accept(SocketChannel channel, Listener listener, FrameProcessor processor) {
        InetSocketAddress remote = channel.remoteAddress();
        if (connections.size() >= config.maxConnections() || remote == null) {
            refused.increment();
            String addition = complaints.take();
            if (addition != null) {
                LOG.warn(
                        "Refusing connection from {}: max.connections={} are open{}",
                        remote,
                        config.maxConnections(),
                        addition);
            }
            channel.close();
            return;
        }
        connections.add(channel);
        InetSocketAddress local = channel.localAddress();
        String id = local.getAddress().getHostAddress() + ":" + local.getPort() + "-"
                + remote.getAddress().getHostAddress() + ":" + remote.getPort() + "-"
                + connectionNumbers.getAndIncrement();
        channel.pipeline()
                .addLast(new IdleStateHandler(0, 0, config.maxIdle().toMillis(), TimeUnit.MILLISECONDS))
                .addLast(new OutboundBytes(bytesOut))
                .addLast(new FrameDecoder(config.maxRequestBytes(), partialFrames))
                .addLast(new Connection(
                        new ConnectionInfo(id, listener.name(), remote),
                        processor,
                        requestThreads,
                        queuedFrames,
                        config.maxInFlight(),
                        complaints));
    }

    public void startAccepting() {
        listeners.values().forEach(channel -> channel.config().setAutoRead(true));
    }

    /** Stops accepting; open connections go on. */
    public void stopAccepting() {
        listeners.values().forEach(channel -> channel.close().awaitUninterruptibly(1, TimeUnit.SECONDS));
        listeners.clear();
    }

    @Override
    public void close() {
        stopAccepting();
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    /** Counts what is written, file regions included. */
    private static final class OutboundBytes extends ChannelOutboundHandlerAdapter {
        private final Counter bytes;

        OutboundBytes(Counter bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message instanceof FileRegion region) {
                bytes.increment(region.count());
            } else if (message instanceof ByteBuf buffer) {
                bytes.increment(buffer.readableBytes());
            }
            ctx.write(message, promise);
        }
    }
}
