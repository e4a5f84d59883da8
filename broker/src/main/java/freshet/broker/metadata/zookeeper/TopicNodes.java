package freshet.broker.metadata.zookeeper;

import freshet.broker.metadata.PartitionImage;
import freshet.broker.metadata.TopicImage;
import freshet.broker.metadata.zookeeper.Codec.PartitionState;
import freshet.broker.metadata.zookeeper.Codec.TopicHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.kafka.common.Uuid;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/** Topics as nodes: each method is one read or one transaction. Used on the metadata thread only. */
final class TopicNodes {

    static final String ROOT = "/topics";
    static final int SHARD_PARTITIONS = 4096;

    private final CuratorFramework client;

    TopicNodes(CuratorFramework client) {
        this.client = client;
    }

    List<String> names() throws Exception {
        return client.getChildren().forPath(ROOT);
    }

    /** A topic, if it is there; read again if a transaction came between the reads. */
    Optional<TopicImage> read(String name) throws Exception {
        while (true) {
            Stat before = new Stat();
            try {
                TopicHeader header =
                        Codec.topic(client.getData().storingStatIn(before).forPath(path(name)));
                List<List<Integer>> replicas = new ArrayList<>();
                List<PartitionState> states = new ArrayList<>();
                for (int shard = 0; shard < shards(header.partitions()); shard++) {
                    replicas.addAll(Codec.assignment(client.getData().forPath(assignmentPath(name, shard))));
                    states.addAll(Codec.state(client.getData().forPath(statePath(name, shard))));
                }
                if (replicas.size() == header.partitions() && states.size() == header.partitions()) {
                    return Optional.of(image(name, header, replicas, states));
                }
                Stat now = client.checkExists().forPath(path(name));
                if (now != null && now.getMzxid() == before.getMzxid()) {
                    throw new IllegalStateException("Metadata of topic " + name + " in ZooKeeper contradicts itself: "
                            + header.partitions() + " partitions, " + replicas.size() + " assigned, " + states.size()
                            + " with a state.");
                }
            } catch (KeeperException.NoNodeException e) {
                if (client.checkExists().forPath(path(name)) == null) {
                    return Optional.empty();
                }
            }
        }
    }

    private static TopicImage image(
            String name, TopicHeader header, List<List<Integer>> replicas, List<PartitionState> states) {
        List<PartitionImage> partitions = new ArrayList<>(replicas.size());
        for (int i = 0; i < replicas.size(); i++) {
            PartitionState state = states.get(i);
            partitions.add(new PartitionImage(
                    i, replicas.get(i), state.leader(), state.leaderEpoch(), state.isr(), state.partitionEpoch()));
        }
        return new TopicImage(header.id(), name, partitions, header.configs());
    }

    void create(TopicImage topic) throws Exception {
        List<CuratorOp> operations = new ArrayList<>();
        operations.add(client.transactionOp().create().forPath(path(topic.name()), header(topic)));
        for (int shard = 0; shard < shards(topic.partitions().size()); shard++) {
            addShard(operations, topic, shard);
        }
        client.transaction().forOperations(operations);
    }

    void delete(TopicImage topic) throws Exception {
        List<CuratorOp> operations = new ArrayList<>();
        for (int shard = 0; shard < shards(topic.partitions().size()); shard++) {
            operations.add(client.transactionOp().delete().forPath(assignmentPath(topic.name(), shard)));
            operations.add(client.transactionOp().delete().forPath(statePath(topic.name(), shard)));
        }
        operations.add(client.transactionOp().delete().forPath(path(topic.name())));
        client.transaction().forOperations(operations);
    }

    /** Writes a topic that has grown from {@code before}. */
    void grow(TopicImage before, TopicImage topic) throws Exception {
        List<CuratorOp> operations = new ArrayList<>();
        operations.add(client.transactionOp()
                .setData()
                .withVersion(unchangedHeader(before))
                .forPath(path(topic.name()), header(topic)));
        int oldShards = shards(before.partitions().size());
        for (int shard = (before.partitions().size()) / SHARD_PARTITIONS;
                shard < shards(topic.partitions().size());
                shard++) {
            if (shard < oldShards) {
                operations.add(client.transactionOp()
                        .setData()
                        .forPath(assignmentPath(topic.name(), shard), assignment(topic, shard)));
                operations.add(
                        client.transactionOp().setData().forPath(statePath(topic.name(), shard), state(topic, shard)));
            } else {
                addShard(operations, topic, shard);
            }
        }
        client.transaction().forOperations(operations);
    }

    void setConfigs(TopicImage topic, Map<String, String> configs) throws Exception {
        client.setData()
                .withVersion(unchangedHeader(topic))
                .forPath(
                        path(topic.name()),
                        Codec.topic(
                                new TopicHeader(topic.id(), topic.partitions().size(), configs)));
    }

    /** Writes the states of those shards that have changed. */
    void setStates(TopicImage before, TopicImage topic) throws Exception {
        List<CuratorOp> operations = new ArrayList<>();
        for (int shard = 0; shard < shards(topic.partitions().size()); shard++) {
            if (!slice(before.partitions(), shard).equals(slice(topic.partitions(), shard))) {
                Stat stat = new Stat();
                List<PartitionState> stored =
                        Codec.state(client.getData().storingStatIn(stat).forPath(statePath(topic.name(), shard)));
                if (!stored.equals(states(before, shard))) {
                    throw new KeeperException.BadVersionException();
                }
                operations.add(client.transactionOp()
                        .setData()
                        .withVersion(stat.getVersion())
                        .forPath(statePath(topic.name(), shard), state(topic, shard)));
            }
        }
        if (!operations.isEmpty()) {
            client.transaction().forOperations(operations);
        }
    }

    /** The version of a topic's node, after a look whether it still says what we believe. */
    private int unchangedHeader(TopicImage topic) throws Exception {
        Stat stat = new Stat();
        TopicHeader stored = Codec.topic(client.getData().storingStatIn(stat).forPath(path(topic.name())));
        if (!stored.id().equals(topic.id())
                || stored.partitions() != topic.partitions().size()
                || !stored.configs().equals(topic.configs())) {
            throw new KeeperException.BadVersionException();
        }
        return stat.getVersion();
    }

    private void addShard(List<CuratorOp> operations, TopicImage topic, int shard) throws Exception {
        operations.add(
                client.transactionOp().create().forPath(assignmentPath(topic.name(), shard), assignment(topic, shard)));
        operations.add(client.transactionOp().create().forPath(statePath(topic.name(), shard), state(topic, shard)));
    }

    private static byte[] header(TopicImage topic) {
        return Codec.topic(new TopicHeader(topic.id(), topic.partitions().size(), topic.configs()));
    }

    private static byte[] assignment(TopicImage topic, int shard) {
        return Codec.assignment(slice(topic.partitions(), shard).stream()
                .map(PartitionImage::replicas)
                .toList());
    }

    private static byte[] state(TopicImage topic, int shard) {
        return Codec.state(states(topic, shard));
    }

    private static List<PartitionState> states(TopicImage topic, int shard) {
        return slice(topic.partitions(), shard).stream().map(PartitionState::of).toList();
    }

    private static List<PartitionImage> slice(List<PartitionImage> partitions, int shard) {
        int from = shard * SHARD_PARTITIONS;
        return partitions.subList(from, Math.min(partitions.size(), from + SHARD_PARTITIONS));
    }

    private static int shards(int partitions) {
        return (partitions + SHARD_PARTITIONS - 1) / SHARD_PARTITIONS;
    }

    static TopicImage newTopic(String name, List<List<Integer>> assignment, Map<String, String> configs) {
        return new TopicImage(Uuid.randomUuid(), name, newPartitions(0, assignment), configs);
    }

    /** Partitions as they are born: led by their first replica, all replicas in sync. */
    static List<PartitionImage> newPartitions(int firstIndex, List<List<Integer>> assignment) {
        List<PartitionImage> partitions = new ArrayList<>();
        for (List<Integer> replicas : assignment) {
            partitions.add(
                    new PartitionImage(firstIndex + partitions.size(), replicas, replicas.get(0), 0, replicas, 0));
        }
        return partitions;
    }

    private static String path(String topic) {
        return ROOT + "/" + topic;
    }

    private static String assignmentPath(String topic, int shard) {
        return path(topic) + "/assignment-" + shard;
    }

    private static String statePath(String topic, int shard) {
        return path(topic) + "/state-" + shard;
    }
}
