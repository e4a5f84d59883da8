package freshet.broker.metadata.zookeeper;

import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.zookeeper.Codec.ControllerNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.kafka.common.Uuid;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is up, and who is controller: ephemeral nodes.
 *
 * <p>A broker that was killed leaves its nodes behind until its session times out, which would keep its successor
 * waiting. The successor knows the incarnation that its predecessor in the same, locked, data directory had; a node
 * that bears it belongs to a dead process and is removed at once.
 */
final class Membership {

    static final String BROKERS = "/brokers";
    static final String CONTROLLER = "/controller";

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final CuratorFramework client;

    Membership(CuratorFramework client) {
        this.client = client;
    }

    Map<Integer, BrokerImage> brokers() throws Exception {
        Map<Integer, BrokerImage> brokers = new HashMap<>();
        for (String name : client.getChildren().forPath(BROKERS)) {
            try {
                int id = Integer.parseInt(name);
                brokers.put(id, Codec.broker(id, client.getData().forPath(path(id))));
            } catch (KeeperException.NoNodeException e) {
                LOG.debug("Broker {} left while the brokers were read", name);
            }
        }
        return brokers;
    }

    Optional<ControllerNode> controller() throws Exception {
        try {
            return Optional.of(Codec.controller(client.getData().forPath(CONTROLLER)));
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        }
    }

    /**
     * Registers this broker.
     *
     * @param predecessors incarnations of earlier processes with this data directory, dead for sure
     * @param patience how long to wait for a node that may be that of a dead session
     * @throws IllegalStateException in one sentence when a living broker has the same id
     */
    void register(BrokerImage broker, Set<Uuid> predecessors, Duration patience) throws Exception {
        String path = path(broker.id());
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                client.create().withMode(CreateMode.EPHEMERAL).forPath(path, Codec.broker(broker));
                return;
            } catch (KeeperException.NodeExistsException e) {
                Stat stat = new Stat();
                BrokerImage present;
                try {
                    present = Codec.broker(
                            broker.id(), client.getData().storingStatIn(stat).forPath(path));
                } catch (KeeperException.NoNodeException gone) {
                    continue;
                }
                boolean ours =
                        present.incarnation().equals(broker.incarnation()) && stat.getEphemeralOwner() == sessionId();
                if (ours) {
                    return;
                }
                if (isDead(present.incarnation(), broker, predecessors)) {
                    remove(path, stat);
                } else if (!awaitRemoval(path, deadline - System.nanoTime())) {
                    throw new IllegalStateException("A broker with id " + broker.id() + " is already running at "
                            + present.endpoints().values() + ": stop it, or give this one another broker.id.");
                }
            }
        }
    }

    /** Becomes controller if there is none. */
    void claimController(BrokerImage broker, Set<Uuid> predecessors) throws Exception {
        while (true) {
            try {
                client.create()
                        .withMode(CreateMode.EPHEMERAL)
                        .forPath(CONTROLLER, Codec.controller(new ControllerNode(broker.id(), broker.incarnation())));
                LOG.info("Broker {} is controller", broker.id());
                return;
            } catch (KeeperException.NodeExistsException e) {
                try {
                    Stat stat = new Stat();
                    ControllerNode present = Codec.controller(
                            client.getData().storingStatIn(stat).forPath(CONTROLLER));
                    boolean dead = present.brokerId() == broker.id()
                            && stat.getEphemeralOwner() != sessionId()
                            && isDead(present.incarnation(), broker, predecessors);
                    if (!dead) {
                        return;
                    }
                    remove(CONTROLLER, stat);
                } catch (KeeperException.NoNodeException gone) {
                    LOG.debug("The controller left while it was looked at");
                }
            }
        }
    }

    /** Of an earlier process on our data, or of an earlier session of ours. */
    private static boolean isDead(Uuid incarnation, BrokerImage broker, Set<Uuid> predecessors) {
        return incarnation.equals(broker.incarnation()) || predecessors.contains(incarnation);
    }

    private void remove(String path, Stat stat) throws Exception {
        LOG.info("Removing {}, left behind by a process that is gone", path);
        try {
            client.delete().withVersion(stat.getVersion()).forPath(path);
        } catch (KeeperException.NoNodeException gone) {
            LOG.debug("{} went by itself", path);
        }
    }

    private boolean awaitRemoval(String path, long nanos) throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        CuratorWatcher watcher = event -> changed.countDown();
        if (client.checkExists().usingWatcher(watcher).forPath(path) == null) {
            return true;
        }
        return changed.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    private long sessionId() throws Exception {
        return client.getZookeeperClient().getZooKeeper().getSessionId();
    }

    private static String path(int brokerId) {
        return BROKERS + "/" + brokerId;
    }
}
