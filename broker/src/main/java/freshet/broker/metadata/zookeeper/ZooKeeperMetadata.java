package freshet.broker.metadata.zookeeper;

import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataListener;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.PartitionImage;
import freshet.broker.metadata.TopicImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.curator.retry.RetryNTimes;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cluster's metadata in ZooKeeper. One thread reads, writes and makes the images; see the package doc. */
public final class ZooKeeperMetadata implements MetadataStore {

    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperMetadata.class);
    private static final String CLUSTER_ID = "/cluster-id";
    private static final String PRODUCER_IDS = "/producer-ids";
    private static final int RETRIES = 3;
    private static final int RETRY_PAUSE_MS = 200;

    private final ZooKeeperConfig config;
    private final MetadataThread thread;
    private final ZooKeeperErrors errors;
    private final CuratorFramework client;
    private final TopicNodes topics;
    private final Membership membership;
    private final List<MetadataListener> listeners = new ArrayList<>();

    private volatile ClusterImage image = ClusterImage.EMPTY;
    private volatile boolean closed;

    // Owned by the metadata thread.
    private PersistentWatcher watcher;
    private BrokerImage self;
    private Set<Uuid> predecessors = Set.of();

    // What changed since the thread looked last; guarded by itself.
    private final Set<String> dirty = new HashSet<>();

    /** @param completions runs what others have chained to the futures of this store, so that they can't hold it up */
    public ZooKeeperMetadata(ZooKeeperConfig config, Executor completions) {
        this.config = config;
        this.thread = new MetadataThread(completions);
        this.errors = new ZooKeeperErrors(config.servers());
        this.client = CuratorFrameworkFactory.builder()
                .connectString(config.servers())
                .namespace(config.namespace())
                .sessionTimeoutMs((int) config.sessionTimeout().toMillis())
                .connectionTimeoutMs((int) config.connectionTimeout().toMillis())
                .retryPolicy(new RetryNTimes(RETRIES, RETRY_PAUSE_MS))
                .build();
        this.topics = new TopicNodes(client);
        this.membership = new Membership(client);
    }

    /**
     * Connects and reads everything.
     *
     * @throws IOException with a finished sentence when ZooKeeper cannot be reached
     */
    public void start() throws IOException, InterruptedException {
        client.start();
        if (!client.blockUntilConnected((int) config.connectionTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            throw new IOException("Cannot reach ZooKeeper at " + config.servers() + " within "
                    + config.connectionTimeout().toMillis()
                    + " ms: check zookeeper.connect and whether it is running.");
        }
        await("read the cluster's metadata from", () -> {
            ensure(CLUSTER_ID, Uuid.randomUuid().toString().getBytes(StandardCharsets.UTF_8));
            ensure(PRODUCER_IDS, Codec.number(0));
            ensure(Membership.BROKERS, new byte[0]);
            ensure(TopicNodes.ROOT, new byte[0]);
            watcher = new PersistentWatcher(client, "/", true);
            watcher.getListenable().addListener(this::onEvent);
            watcher.getResetListenable().addListener(() -> thread.follow(this::reload));
            watcher.start();
            reload();
        });
    }

    /**
     * Tells the cluster that this broker is up, and claims to be controller if nobody is. From now on, and again after
     * every lost session, until closed.
     *
     * @param deadIncarnations of earlier processes with the same data directory
     * @throws IllegalStateException with a finished sentence when a living broker has this id
     */
    public void register(BrokerImage broker, Set<Uuid> deadIncarnations) throws IOException, InterruptedException {
        await("register broker " + broker.id() + " in", () -> {
            membership.register(
                    broker, deadIncarnations, config.sessionTimeout().plusSeconds(2));
            self = broker;
            predecessors = deadIncarnations;
            membership.claimController(self, predecessors);
            publish(new ClusterImage(image.clusterId(), readControllerId(), membership.brokers(), image.topics()));
        });
    }

    private void await(String what, MetadataThread.Task task) throws IOException, InterruptedException {
        try {
            thread.call(task);
        } catch (ExecutionException e) {
            close();
            if (e.getCause() instanceof IllegalStateException problem) {
                throw problem;
            }
            throw new IOException(
                    "Cannot " + what + " ZooKeeper at " + config.servers() + " ("
                            + e.getCause().getMessage() + "): check its log.",
                    e.getCause());
        }
    }

    private void ensure(String path, byte[] value) throws Exception {
        try {
            client.create().forPath(path, value);
        } catch (KeeperException.NodeExistsException e) {
            LOG.debug("{} is there", path);
        }
    }

    // What changes elsewhere.

    private void onEvent(WatchedEvent event) {
        if (event.getPath() == null) {
            return;
        }
        boolean first;
        synchronized (dirty) {
            first = dirty.isEmpty();
            dirty.add(event.getPath());
        }
        if (first) {
            thread.follow(this::refresh);
        }
    }

    /** Looks again at what events have named. */
    private void refresh() throws Exception {
        Set<String> paths;
        synchronized (dirty) {
            paths = new HashSet<>(dirty);
            dirty.clear();
        }
        Set<String> topicNames = new HashSet<>();
        boolean members = false;
        for (String path : paths) {
            if (path.startsWith(TopicNodes.ROOT + "/")) {
                topicNames.add(path.split("/", 4)[2]);
            } else if (path.startsWith(Membership.BROKERS) || path.equals(Membership.CONTROLLER)) {
                members = true;
            }
        }
        Map<String, TopicImage> changed = new HashMap<>(image.topics());
        for (String name : topicNames) {
            topics.read(name).ifPresentOrElse(topic -> changed.put(name, topic), () -> changed.remove(name));
        }
        if (members) {
            rejoin();
            publish(new ClusterImage(image.clusterId(), readControllerId(), membership.brokers(), changed));
        } else if (!changed.equals(image.topics())) {
            publish(new ClusterImage(image.clusterId(), image.controllerId(), image.brokers(), changed));
        }
    }

    /** Reads everything: at the start, and after a connection was lost, when events may have been missed. */
    private void reload() throws Exception {
        Map<String, TopicImage> all = new HashMap<>();
        for (String name : topics.names()) {
            topics.read(name).ifPresent(topic -> all.put(name, topic));
        }
        rejoin();
        String clusterId = new String(client.getData().forPath(CLUSTER_ID), StandardCharsets.UTF_8);
        publish(new ClusterImage(clusterId, readControllerId(), membership.brokers(), all));
    }

    /** After a lost session the nodes are gone; a vacant controller's place is taken by the first who sees it. */
    private void rejoin() throws Exception {
        if (self != null) {
            membership.register(self, predecessors, config.sessionTimeout());
            membership.claimController(self, predecessors);
        }
    }

    /** No longer follows who is up, as a dead process doesn't; for tests. */
    void forgetSelf() throws Exception {
        thread.call(() -> self = null);
    }

    /** Loses the session, as after a long pause of the process; for tests. */
    void expireSession() throws Exception {
        client.getZookeeperClient().getZooKeeper().getTestable().injectSessionExpiration();
    }

    private int readControllerId() throws Exception {
        return membership.controller().map(Codec.ControllerNode::brokerId).orElse(-1);
    }

    private void publish(ClusterImage next) {
        ClusterImage before = image;
        for (MetadataListener listener : listeners) {
            try {
                listener.onChange(before, next);
            } catch (RuntimeException e) {
                LOG.error("A listener of metadata failed", e);
            }
        }
        image = next;
    }

    // What is asked of us.

    @Override
    public ClusterImage image() {
        return image;
    }

    @Override
    public void addListener(MetadataListener listener) {
        try {
            thread.call(() -> {
                listener.onChange(ClusterImage.EMPTY, image);
                listeners.add(listener);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while adding a metadata listener.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A metadata listener failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public CompletableFuture<TopicImage> createTopic(
            String name, List<List<Integer>> assignment, Map<String, String> configs) {
        return change("create topic " + name, () -> {
            if (image.topic(name).isPresent()) {
                throw new TopicExistsException("Topic '" + name + "' already exists.");
            }
            topics.create(TopicNodes.newTopic(name, assignment, configs));
            return shown(name);
        });
    }

    @Override
    public CompletableFuture<Void> deleteTopic(Uuid id) {
        return change("delete topic " + id, () -> {
            TopicImage topic = image.topic(id)
                    .orElseThrow(() -> new UnknownTopicIdException("There is no topic with id " + id + "."));
            topics.delete(topic);
            reread(topic.name());
            return null;
        });
    }

    @Override
    public CompletableFuture<TopicImage> addPartitions(String name, List<List<Integer>> assignment) {
        return change("add partitions to topic " + name, () -> {
            TopicImage before = known(name);
            List<PartitionImage> partitions = new ArrayList<>(before.partitions());
            partitions.addAll(TopicNodes.newPartitions(partitions.size(), assignment));
            topics.grow(before, new TopicImage(before.id(), name, partitions, before.configs()));
            return shown(name);
        });
    }

    @Override
    public CompletableFuture<TopicImage> setTopicConfigs(String name, Map<String, String> configs) {
        return change("change the settings of topic " + name, () -> {
            topics.setConfigs(known(name), configs);
            return shown(name);
        });
    }

    @Override
    public CompletableFuture<TopicImage> setPartitionStates(String name, List<PartitionImage> changed) {
        return change("change leaders of topic " + name, () -> {
            TopicImage before = known(name);
            List<PartitionImage> partitions = new ArrayList<>(before.partitions());
            changed.forEach(partition -> partitions.set(partition.index(), partition));
            topics.setStates(before, new TopicImage(before.id(), name, partitions, before.configs()));
            return shown(name);
        });
    }

    @Override
    public CompletableFuture<Long> reserveProducerIds(int size) {
        return change("reserve producer ids", () -> {
            Stat stat = new Stat();
            long first = Codec.number(client.getData().storingStatIn(stat).forPath(PRODUCER_IDS));
            client.setData().withVersion(stat.getVersion()).forPath(PRODUCER_IDS, Codec.number(first + size));
            return first;
        });
    }

    private TopicImage known(String name) {
        return image.topic(name)
                .orElseThrow(() -> new UnknownTopicOrPartitionException("Topic '" + name + "' doesn't exist."));
    }

    private TopicImage shown(String name) throws Exception {
        reread(name);
        return known(name);
    }

    private void reread(String name) throws Exception {
        Map<String, TopicImage> all = new HashMap<>(image.topics());
        topics.read(name).ifPresentOrElse(topic -> all.put(name, topic), () -> all.remove(name));
        publish(new ClusterImage(image.clusterId(), image.controllerId(), image.brokers(), all));
    }

    private <T> CompletableFuture<T> change(String what, Callable<T> operation) {
        return thread.ask(what, () -> attempt(operation), errors::translate);
    }

    private <T> T attempt(Callable<T> operation) throws Exception {
        for (int left = RETRIES; ; left--) {
            try {
                return operation.call();
            } catch (KeeperException.BadVersionException e) {
                // Someone else changed it first: look again, decide again.
                if (left == 0) {
                    throw e;
                }
                reload();
            }
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        thread.close();
        // Ends the session, and with it our ephemeral nodes.
        client.close();
    }
}
