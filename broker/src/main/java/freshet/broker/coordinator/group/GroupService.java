package freshet.broker.coordinator.group;

import freshet.broker.coordinator.LoopThread;
import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.TopicImage;
import freshet.broker.partition.Partitions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker's groups with all that they need: thread, loaders, topic. What a server starts and stops. */
public final class GroupService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupService.class);

    private static final int LOADERS = 2;
    private static final int IDLE_LOADER_SECONDS = 5;
    private static final int GRACE_SECONDS = 2;

    private final MetadataStore metadata;
    private final LoopThread loop;
    private final ThreadPoolExecutor loaders;
    private final GroupCoordinator coordinator;
    private final OffsetsTopic topic;

    public GroupService(
            int brokerId, GroupConfig config, MetadataStore metadata, Partitions partitions, InstantSource time) {
        this.metadata = metadata;
        this.loop = new LoopThread("group-coordinator", time);
        this.loaders = new ThreadPoolExecutor(
                LOADERS, LOADERS, IDLE_LOADER_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "group-loader");
                    thread.setDaemon(true);
                    return thread;
                });
        loaders.allowCoreThreadTimeOut(true);
        this.coordinator = new GroupCoordinator(
                config,
                name -> metadata.image().topic(name).map(TopicImage::id).orElse(Uuid.ZERO_UUID),
                () -> OffsetsTopic.partitionCount(metadata.image()),
                loop,
                loaders);
        this.topic = new OffsetsTopic(brokerId, config, metadata, partitions, coordinator, time);
    }

    /** Begins to follow the metadata: to be called after those who make the local replicas do. */
    public void start() {
        metadata.addListener(topic);
    }

    public GroupCoordinator coordinator() {
        return coordinator;
    }

    /**
     * The broker that coordinates the group, empty while its partition has no leader. Creates the offsets topic at the
     * first call; fails with the ApiException of that.
     */
    public CompletableFuture<Optional<BrokerImage>> coordinatorOf(String groupId) {
        return topic.coordinatorOf(groupId);
    }

    /** True when all groups of this broker can be asked for. */
    public boolean ready() {
        return coordinator.loaded();
    }

    /** Answers all who wait, and stops. To be called before the logs are closed. */
    @Override
    public void close() {
        coordinator.close();
        // Never an interrupt: it would close the log's file under the loader.
        loaders.shutdown();
        loop.close();
        try {
            if (!loaders.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A group's log is still being loaded.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
