package freshet.ingest.mock;

import freshet.ingest.source.Source;
import freshet.ingest.source.WallTime;
import freshet.ingest.source.file.FileSource;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The mock feed: listens, and plays its recording to whoever asks as a client of Twitter's would. */
public final class MockServer implements Closeable {

    private static final int REQUEST_BYTES_MAX = 1 << 20;
    static final int REQUEST_LINE_MAX = 64 * 1024;
    static final int HEADERS_MAX = 16 * 1024;
    private static final int REQUEST_SECONDS = 30;
    /** Each has a thread and up to its bound of memory. */
    private static final int CLIENTS_MAX = 100;

    private static final long CLOSE_SECONDS = 3;

    private final MockConfig config;
    private final Source recording;
    private final WallTime wall;
    private final ExecutorService players = Executors.newCachedThreadPool(new DefaultThreadFactory("mock-play", true));
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private EventLoopGroup loops;
    private Channel listener;

    public MockServer(MockConfig config, WallTime wall) {
        this.config = config;
        this.wall = wall;
        this.recording = new FileSource(config.recording().toString());
    }

    /**
     * Begins to listen.
     *
     * @throws IOException with one line, where the recording can't be opened or the port is taken
     */
    public void start() throws IOException {
        recording.open(-1).close();
        loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("mock-net", true), NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        clients.add(channel);
                        channel.pipeline()
                                .addLast(RequestHandler.PATIENCE, new ReadTimeoutHandler(REQUEST_SECONDS))
                                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                                        .setMaxInitialLineLength(REQUEST_LINE_MAX)
                                        .setMaxHeaderSize(HEADERS_MAX)))
                                .addLast(new HttpObjectAggregator(REQUEST_BYTES_MAX))
                                .addLast(new RequestHandler(
                                        config, recording, wall, players, () -> clients.size() <= CLIENTS_MAX));
                    }
                })
                .bind(config.host(), config.port())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new IOException("the mock feed can't listen on " + config.host() + ":" + config.port() + " ("
                    + bound.cause().getMessage() + "); name another port with --port");
        }
        listener = bound.channel();
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** What a client takes for Twitter's address, without a path. */
    public URI address() {
        return URI.create("http://" + config.host() + ":" + port());
    }

    /** Clients that are connected now. */
    public int clients() {
        return clients.size();
    }

    /** Tells the clients so, and lets go of them within seconds. */
    @Override
    public void close() {
        if (listener != null) {
            listener.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
        players.shutdownNow();
        try {
            players.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        clients.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        if (loops != null) {
            loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
