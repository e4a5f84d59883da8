package freshet.broker.controller;

import freshet.broker.log.LogConfig;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.TopicImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.Topic;

/** Checks what is asked for topics, fills in defaults, and has it written. Thread-safe. */
public final class TopicAdmin {

    /** Above this a topic's metadata would not fit into one ZooKeeper transaction. */
    private static final int MAX_PARTITIONS = 10_000;

    private final MetadataStore metadata;
    private final LogConfig topicDefaults;
    private final int defaultPartitions;
    private final int defaultReplicas;

    public TopicAdmin(MetadataStore metadata, LogConfig topicDefaults, int defaultPartitions, int defaultReplicas) {
        this.metadata = metadata;
        this.topicDefaults = topicDefaults;
        this.defaultPartitions = defaultPartitions;
        this.defaultReplicas = defaultReplicas;
    }

    /**
     * A topic as someone wants it.
     *
     * @param partitions -1 for the broker's default
     * @param replicas -1 for the broker's default
     * @param assignment replicas of each partition if placed by hand (then the two above are -1); empty else
     */
    public record NewTopic(
            String name, int partitions, int replicas, List<List<Integer>> assignment, Map<String, String> configs) {

        public static NewTopic withDefaults(String name) {
            return new NewTopic(name, -1, -1, List.of(), Map.of());
        }
    }

    /** A wanted topic that has been checked and placed. */
    public record Plan(String name, List<List<Integer>> assignment, LogConfig config) {

        public int partitions() {
            return assignment.size();
        }

        public int replicas() {
            return assignment.get(0).size();
        }
    }

    /**
     * Checks and places a topic, changing nothing.
     *
     * @throws org.apache.kafka.common.errors.ApiException what the client is to be told
     */
    public Plan plan(NewTopic wanted) {
        ClusterImage image = metadata.image();
        Topic.validate(wanted.name());
        if (image.topic(wanted.name()).isPresent()) {
            throw new TopicExistsException("Topic '" + wanted.name() + "' already exists.");
        }
        if (Topic.hasCollisionChars(wanted.name())) {
            for (String other : image.topics().keySet()) {
                if (Topic.hasCollision(wanted.name(), other)) {
                    throw new InvalidTopicException(
                            "Topic '" + wanted.name() + "' collides with existing topic '" + other + "'.");
                }
            }
        }
        List<List<Integer>> assignment =
                wanted.assignment().isEmpty() ? place(wanted, image) : checked(wanted.assignment(), image);
        return new Plan(wanted.name(), assignment, topicDefaults.withOverrides(wanted.configs()));
    }

    public CompletableFuture<TopicImage> create(NewTopic wanted) {
        return create(plan(wanted));
    }

    public CompletableFuture<TopicImage> create(Plan plan) {
        return metadata.createTopic(
                plan.name(), plan.assignment(), plan.config().overrides());
    }

    /**
     * Checks and places the partitions that a topic is to get, changing nothing.
     *
     * @param total how many there are to be
     * @param assignment of the new ones, if placed by hand; empty else
     */
    public List<List<Integer>> planPartitions(String name, int total, List<List<Integer>> assignment) {
        ClusterImage image = metadata.image();
        TopicImage topic = image.topic(name)
                .orElseThrow(() -> new UnknownTopicOrPartitionException("Topic '" + name + "' doesn't exist."));
        int present = topic.partitions().size();
        if (total == present) {
            throw new InvalidPartitionsException("Topic already has " + present + " partition(s).");
        }
        if (total < present) {
            throw new InvalidPartitionsException("The topic " + name + " currently has " + present + " partition(s); "
                    + total + " would not be an increase.");
        }
        checkCount(total);
        if (assignment.isEmpty()) {
            int replicas = topic.partitions().get(0).replicas().size();
            List<Integer> up = List.copyOf(image.brokers().keySet());
            return ReplicaAssigner.assign(up, total - present, replicas, present, name.hashCode());
        }
        if (assignment.size() != total - present) {
            throw new InvalidReplicaAssignmentException("Increasing the number of partitions by " + (total - present)
                    + " but " + assignment.size() + " assignments provided.");
        }
        return checked(assignment, image);
    }

    /** Appends partitions that {@link #planPartitions} has placed. */
    public CompletableFuture<TopicImage> addPartitions(String name, List<List<Integer>> assignment) {
        return metadata.addPartitions(name, assignment);
    }

    /** All settings that are in force for a topic that sets these itself. */
    public LogConfig configOf(Map<String, String> topicConfigs) {
        return topicDefaults.withOverrides(topicConfigs);
    }

    /**
     * Changes what a topic sets itself.
     *
     * @param change from the present settings to the wanted ones
     * @param validateOnly only says whether it could
     */
    public CompletableFuture<Void> changeConfigs(
            String name, UnaryOperator<Map<String, String>> change, boolean validateOnly) {
        TopicImage topic = metadata.image()
                .topic(name)
                .orElseThrow(() -> new UnknownTopicOrPartitionException("Topic '" + name + "' doesn't exist."));
        Map<String, String> wanted = change.apply(topic.configs());
        topicDefaults.withOverrides(wanted);
        return validateOnly
                ? CompletableFuture.completedFuture(null)
                : metadata.setTopicConfigs(name, wanted).thenApply(done -> null);
    }

    private List<List<Integer>> place(NewTopic wanted, ClusterImage image) {
        int partitions = wanted.partitions() == -1 ? defaultPartitions : wanted.partitions();
        int replicas = wanted.replicas() == -1 ? defaultReplicas : wanted.replicas();
        checkCount(partitions);
        // The name decides who leads partition 0, so that many small topics don't all begin at the same broker.
        return ReplicaAssigner.assign(
                List.copyOf(image.brokers().keySet()),
                partitions,
                replicas,
                0,
                wanted.name().hashCode());
    }

    private static void checkCount(int partitions) {
        if (partitions < 1) {
            throw new InvalidPartitionsException("Number of partitions must be 1 or more, not " + partitions + ".");
        }
        if (partitions > MAX_PARTITIONS) {
            throw new InvalidPartitionsException(
                    "Number of partitions must be " + MAX_PARTITIONS + " or less, not " + partitions + ".");
        }
    }

    private static List<List<Integer>> checked(List<List<Integer>> assignment, ClusterImage image) {
        checkCount(assignment.size());
        List<List<Integer>> copy = new ArrayList<>(assignment.size());
        int replicas = assignment.get(0).size();
        for (List<Integer> ids : assignment) {
            if (ids.isEmpty() || ids.size() != replicas || new HashSet<>(ids).size() != replicas) {
                throw new InvalidReplicaAssignmentException(
                        "Each partition needs the same number of different replicas," + " at least one; one has " + ids
                                + ".");
            }
            if (!image.brokers().keySet().containsAll(ids)) {
                throw new InvalidReplicaAssignmentException(
                        "Replicas " + ids + " include a broker that is not up; up are "
                                + image.brokers().keySet() + ".");
            }
            copy.add(List.copyOf(ids));
        }
        return copy;
    }
}
