package freshet.broker.server;

import freshet.broker.config.BrokerConfig;
import freshet.broker.config.Listener;
import freshet.broker.controller.Controller;
import freshet.broker.controller.TopicAdmin;
import freshet.broker.coordinator.group.GroupConfig;
import freshet.broker.coordinator.group.GroupService;
import freshet.broker.handlers.GroupHandlers;
import freshet.broker.handlers.HandlerRegistry;
import freshet.broker.handlers.PageCache;
import freshet.broker.handlers.RequestHandler;
import freshet.broker.log.FileOpener;
import freshet.broker.log.LogConfig;
import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.zookeeper.EmbeddedZooKeeper;
import freshet.broker.metadata.zookeeper.ZooKeeperConfig;
import freshet.broker.metadata.zookeeper.ZooKeeperMetadata;
import freshet.broker.network.NetworkConfig;
import freshet.broker.network.NetworkServer;
import freshet.broker.partition.Partitions;
import freshet.broker.partition.StorageConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker: a log of topics that any Kafka client can write and read.
 *
 * <p>{@link #start()} returns when clients can produce and consume. {@link #close()} lets running requests end, brings
 * what was written onto disk, and leaves the cluster; it takes seconds at most, and may be called at any time and again.
 */
public final class BrokerServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerServer.class);
    private static final long DRAIN_SECONDS = 2;

    private final BrokerConfig config;
    private final InstantSource time;
    private final MeterRegistry meters;
    private final NetworkConfig networkConfig;
    private final StorageConfig storageConfig;
    private final ZooKeeperConfig zooKeeperConfig;
    private final GroupConfig groupConfig;

    /** What is to be undone, last first. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private final Map<String, Integer> ports = new HashMap<>();
    private BrokerImage self;
    private volatile boolean ready;
    private boolean closed;

    /** @throws IllegalArgumentException with one finished sentence about a bad setting */
    public BrokerServer(BrokerConfig config, InstantSource time, MeterRegistry meters) {
        this.config = config;
        this.time = time;
        this.meters = meters;
        this.networkConfig = NetworkConfig.from(config.settings());
        this.zooKeeperConfig = ZooKeeperConfig.from(config.settings());
        this.storageConfig = StorageConfig.parse(config.settings().given());
        this.groupConfig = GroupConfig.parse(config.settings().given());
        config.settings().markKnown(GroupConfig.names());
        config.settings().markKnown(StorageConfig.names());
        config.settings().markKnown(LogConfig.brokerNames());
    }

    /**
     * Starts everything.
     *
     * @throws IOException with one finished sentence: the directory is locked or can't be written, ZooKeeper can't be
     *     reached, the port is taken. Nothing is left running then.
     * @throws IllegalStateException with one finished sentence: another broker has this id, the data is another's
     */
    public synchronized void start() throws IOException {
        long begin = System.nanoTime();
        try {
            startParts();
        } catch (IOException | RuntimeException | LinkageError e) {
            close();
            throw e;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the broker was starting.", e);
        }
        Set<String> unread = config.settings().unread();
        if (!unread.isEmpty()) {
            LOG.warn("Settings without a meaning here: {}", unread);
        }
        LOG.info(
                "Broker {} is ready at {} after {} ms",
                config.brokerId(),
                bootstrapServers(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    private void startParts() throws IOException, InterruptedException {
        ExecutorService requestThreads =
                Executors.newFixedThreadPool(config.requestThreads(), threads("freshet-request"));
        onClose(() -> stop(requestThreads));
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, threads("freshet-timer"));
        timer.setRemoveOnCancelPolicy(true);
        onClose(timer::shutdownNow);

        Partitions partitions = new Partitions(storageConfig, time, FileOpener.DEFAULT, meters);
        partitions.start();
        onClose(partitions);
        DataDirectory directory = new DataDirectory(config.dataDir());

        ZooKeeperMetadata metadata = new ZooKeeperMetadata(reachableZooKeeper(), requestThreads);
        onClose(metadata);
        metadata.start();
        Uuid incarnation = Uuid.randomUuid();
        Set<Uuid> predecessors = directory.predecessors();
        directory.claim(metadata.image().clusterId(), config.brokerId(), incarnation);

        metadata.addListener(new LocalReplicas(config.brokerId(), partitions, storageConfig.topicDefaults()));
        metadata.addListener(new Controller(config.brokerId(), metadata));
        partitions.deleteUnclaimed();

        TopicAdmin topics = new TopicAdmin(
                metadata, storageConfig.topicDefaults(), config.defaultPartitions(), config.defaultReplicationFactor());
        PageCache pageCache = PageCache.open();
        onClose(pageCache);
        GroupService groups = new GroupService(config.brokerId(), groupConfig, metadata, partitions, time);
        List<RequestHandler<?>> all =
                Handlers.all(config, metadata, partitions, topics, pageCache, requestThreads, timer);
        all.addAll(GroupHandlers.of(groups, metadata));
        HandlerRegistry handlers = new HandlerRegistry(all);
        RequestDispatcher dispatcher = new RequestDispatcher(handlers, meters);

        NetworkServer network = new NetworkServer(networkConfig, requestThreads, meters);
        onClose(network);
        // Closed before the network, so that whoever waits for a group still hears that it must look elsewhere.
        onClose(groups);
        groups.start();
        for (Listener listener : config.listeners()) {
            ports.put(listener.name(), network.bind(listener, dispatcher));
        }
        self = new BrokerImage(config.brokerId(), incarnation, endpoints(), config.rack());
        metadata.register(self, predecessors);
        directory.settle(incarnation);
        // Only now: who connects before waits in the backlog and finds a broker that knows itself.
        network.startAccepting();
        ready = true;
    }

    private ZooKeeperConfig reachableZooKeeper() throws IOException {
        if (!zooKeeperConfig.isEmbedded()) {
            return zooKeeperConfig;
        }
        EmbeddedZooKeeper embedded = new EmbeddedZooKeeper(config.dataDir().resolve("zookeeper"), 0);
        embedded.start();
        onClose(embedded);
        return zooKeeperConfig.withConnect(embedded.connectString());
    }

    private Map<String, BrokerImage.Endpoint> endpoints() {
        Map<String, BrokerImage.Endpoint> endpoints = new HashMap<>();
        for (Listener listener : config.listeners()) {
            String host = listener.host().isEmpty() ? "localhost" : listener.host();
            endpoints.put(listener.name(), new BrokerImage.Endpoint(host, ports.get(listener.name())));
        }
        for (Listener advertised : config.advertisedListeners()) {
            int port = advertised.port() == 0 ? ports.get(advertised.name()) : advertised.port();
            endpoints.put(advertised.name(), new BrokerImage.Endpoint(advertised.host(), port));
        }
        return endpoints;
    }

    private void onClose(AutoCloseable part) {
        started.push(part);
    }

    private static java.util.concurrent.ThreadFactory threads(String name) {
        return new io.netty.util.concurrent.DefaultThreadFactory(name, true);
    }

    private static void stop(ExecutorService requestThreads) throws InterruptedException {
        requestThreads.shutdown();
        if (!requestThreads.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            requestThreads.shutdownNow();
        }
    }

    /** Whether clients can produce and consume. */
    public boolean ready() {
        return ready;
    }

    /** The port of the first listener, which matters where 0 was configured. */
    public int port() {
        return ports.get(config.listeners().get(0).name());
    }

    /** What clients need as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        BrokerImage.Endpoint endpoint =
                self.endpoints().get(config.listeners().get(0).name());
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        return host + ":" + endpoint.port();
    }

    @Override
    public synchronized void close() {
        ready = false;
        if (closed) {
            return;
        }
        closed = true;
        while (!started.isEmpty()) {
            AutoCloseable part = started.pop();
            try {
                part.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                LOG.error("Cannot close {} properly", part, e);
            }
        }
    }
}
