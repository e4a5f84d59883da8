package freshet.broker.metadata.zookeeper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FilePadding;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ZooKeeper server in this process, on loopback only, for brokers that were given none.
 *
 * <p>ZooKeeper gives up for good when it can't write, for instance because the disk is full. Then this starts it again,
 * on the same port and data, until it can.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedZooKeeper.class);
    private static final int TICK_MS = 300;
    private static final int MAX_SESSION_MS = 60_000;
    private static final int MAX_CONNECTIONS = 60;
    private static final long LOG_PREALLOCATION_BYTES = 1 << 20;
    private static final long RESTART_PAUSE_MS = 1_000;

    private final Path directory;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int port;
    private ServerCnxnFactory connections;

    /**
     * @param directory where its data is; made if missing
     * @param port 0 for any free one
     */
    public EmbeddedZooKeeper(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** @throws IOException with a finished sentence; nothing is left running then */
    public synchronized void start() throws IOException {
        ServerCnxnFactory factory = new NIOServerCnxnFactory();
        try {
            Files.createDirectories(directory);
            FilePadding.setPreallocSize(LOG_PREALLOCATION_BYTES);
            FileTxnSnapLog files = new FileTxnSnapLog(directory.toFile(), directory.toFile());
            OldSnapshots.delete(files);
            factory.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MAX_CONNECTIONS);
            factory.startup(new Server(files));
            connections = factory;
            port = factory.getLocalPort();
        } catch (InterruptedException e) {
            factory.shutdown();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while starting the embedded ZooKeeper.", e);
        } catch (IOException | RuntimeException | LinkageError e) {
            // Its threads would keep the process alive.
            factory.shutdown();
            throw new IOException(
                    "Cannot start the embedded ZooKeeper in " + directory + " (" + e + "): check that the directory is"
                            + " writable and its disk not full, or give zookeeper.connect.",
                    e);
        }
    }

    public int port() {
        return port;
    }

    /** For {@code zookeeper.connect}. */
    public String connectString() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
    }

    private void restart() {
        try {
            while (!closed.await(RESTART_PAUSE_MS, TimeUnit.MILLISECONDS)) {
                if (tryRestart()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean tryRestart() {
        if (closed.getCount() == 0) {
            return true;
        }
        connections.shutdown();
        try {
            start();
            LOG.info("The embedded ZooKeeper runs again");
            return true;
        } catch (IOException e) {
            LOG.warn("{} Trying again.", e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            if (connections != null) {
                connections.shutdown();
            }
        }
    }

    /** Without JMX, which costs a start more than the rest of it. */
    private final class Server extends ZooKeeperServer {

        Server(FileTxnSnapLog files) {
            super(files, TICK_MS, "");
            setMaxSessionTimeout(MAX_SESSION_MS);
        }

        @Override
        protected void setState(State state) {
            super.setState(state);
            if (state == State.ERROR) {
                LOG.error("The embedded ZooKeeper in {} failed; starting it again", directory);
                Thread thread = new Thread(EmbeddedZooKeeper.this::restart, "freshet-zookeeper-restart");
                thread.setDaemon(true);
                thread.start();
            }
        }

        @Override
        protected void registerJMX() {}

        @Override
        protected void unregisterJMX() {}
    }
}
