package freshet.broker.metadata.zookeeper;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.PurgeTxnLog;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FilePadding;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/** A ZooKeeper server in this process, on loopback only, for brokers that were given none. */
public final class EmbeddedZooKeeper implements AutoCloseable {

    private static final int TICK_MS = 300;
    private static final int MAX_SESSION_MS = 60_000;
    private static final int SNAPSHOTS_KEPT = 3;
    private static final int MAX_CONNECTIONS = 60;
    private static final long LOG_PREALLOCATION_BYTES = 1 << 20;

    private final Path directory;
    private final int wantedPort;
    private ServerCnxnFactory connections;
    private Server server;

    /**
     * @param directory where its data is; made if missing
     * @param port 0 for any free one
     */
    public EmbeddedZooKeeper(Path directory, int port) {
        this.directory = directory;
        this.wantedPort = port;
    }

    /** @throws IOException with a finished sentence; nothing is left running then */
    public void start() throws IOException {
        try {
            Files.createDirectories(directory);
            File dir = directory.toFile();
            FilePadding.setPreallocSize(LOG_PREALLOCATION_BYTES);
            FileTxnSnapLog files = new FileTxnSnapLog(dir, dir);
            if (Files.exists(directory.resolve("version-2"))) {
                PurgeTxnLog.purge(dir, dir, SNAPSHOTS_KEPT);
            }
            server = new Server(files);
            connections = new NIOServerCnxnFactory();
            connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort), MAX_CONNECTIONS);
            connections.startup(server);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while starting the embedded ZooKeeper.", e);
        } catch (IOException | RuntimeException | LinkageError e) {
            // Its threads would keep the process alive.
            close();
            throw new IOException(
                    "Cannot start the embedded ZooKeeper in " + directory + " (" + e + "): check that the directory is"
                            + " writable and its disk not full, or give zookeeper.connect.",
                    e);
        }
    }

    public int port() {
        return connections.getLocalPort();
    }

    /** For {@code zookeeper.connect}. */
    public String connectString() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + port();
    }

    @Override
    public void close() {
        if (connections != null) {
            connections.shutdown();
        } else if (server != null) {
            server.shutdown();
        }
    }

    /** Without JMX, which costs a start more than the rest of it. */
    private static final class Server extends ZooKeeperServer {

        Server(FileTxnSnapLog files) {
            super(files, TICK_MS, "");
            setMaxSessionTimeout(MAX_SESSION_MS);
        }

        @Override
        protected void registerJMX() {}

        @Override
        protected void unregisterJMX() {}
    }
}
