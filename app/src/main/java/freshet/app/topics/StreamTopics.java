package freshet.app.topics;

import freshet.ingest.contract.Stream;
import freshet.ingest.contract.TopicSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of one stream at one cluster. */
public final class StreamTopics {

    private static final long PATIENCE_SECONDS = 30;

    private final Admin admin;
    private final Stream stream;

    /** @param admin not closed here */
    public StreamTopics(Admin admin, Stream stream) {
        this.admin = admin;
        this.stream = stream;
    }

    /**
     * Makes those that don't exist.
     *
     * @throws IllegalStateException in one line, when one exists with another number of partitions: its keys would move
     */
    public void ensure(Collection<TopicSpec> specs) throws InterruptedException {
        Map<String, TopicDescription> existing = describe(specs);
        List<NewTopic> missing = new ArrayList<>();
        for (TopicSpec spec : specs) {
            String name = stream.topic(spec.baseName());
            TopicDescription description = existing.get(name);
            if (description == null) {
                missing.add(new NewTopic(name, spec.partitions(), (short) -1).configs(spec.settings()));
            } else if (description.partitions().size() != spec.partitions()) {
                throw new IllegalStateException("topic " + name + " has "
                        + description.partitions().size() + " partitions, not " + spec.partitions()
                        + "; a stream's partition counts are fixed once it has been played, since keys would move:"
                        + " ask for the old count, or delete the stream's topics");
            }
        }
        var results = admin.createTopics(missing).values();
        for (NewTopic topic : missing) {
            try {
                await(results.get(topic.name()), "create topic " + topic.name());
            } catch (ExecutionException e) {
                // Another process of the same stream may start at the same time.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failed("create topic " + topic.name(), e);
                }
            }
        }
        awaitVisible(missing);
    }

    /** How many partitions a topic of this stream has, or 0 where it does not exist. */
    public int partitions(String baseName) throws InterruptedException {
        String name = stream.topic(baseName);
        try {
            return await(admin.describeTopics(List.of(name)).topicNameValues().get(name), "look up topic " + name)
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw failed("look up topic " + name, e);
        }
    }

    /** Deletes the stream's topics and the groups that have read them; what does not exist is no error. */
    public void delete(Collection<TopicSpec> specs, Collection<String> groups) throws InterruptedException {
        for (TopicSpec spec : specs) {
            String name = stream.topic(spec.baseName());
            try {
                await(admin.deleteTopics(List.of(name)).topicNameValues().get(name), "delete topic " + name);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failed("delete topic " + name, e);
                }
            }
        }
        for (String group : groups) {
            try {
                await(admin.deleteConsumerGroups(List.of(group)).deletedGroups().get(group), "delete group " + group);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw failed("delete group " + group, e);
                }
            }
        }
    }

    private Map<String, TopicDescription> describe(Collection<TopicSpec> specs) throws InterruptedException {
        List<String> names =
                specs.stream().map(spec -> stream.topic(spec.baseName())).toList();
        try {
            Set<String> all = await(admin.listTopics().names(), "list topics");
            List<String> there = names.stream().filter(all::contains).toList();
            return await(admin.describeTopics(there).allTopicNames(), "look up topics");
        } catch (ExecutionException e) {
            throw failed("look up topics", e);
        }
    }

    /** A cluster says that a topic is created before all of its brokers know it. */
    private void awaitVisible(List<NewTopic> created) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (NewTopic topic : created) {
            while (partitionsKnown(topic.name()) < topic.numPartitions()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "topic " + topic.name() + " was created but the brokers don't show it; look at their logs");
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private int partitionsKnown(String name) throws InterruptedException {
        try {
            return (int)
                    await(admin.describeTopics(List.of(name)).topicNameValues().get(name), "look up topic " + name)
                            .partitions()
                            .stream()
                            .filter(partition -> partition.leader() != null)
                            .count();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw failed("look up topic " + name, e);
        }
    }

    private static <T> T await(KafkaFuture<T> future, String what) throws ExecutionException, InterruptedException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the broker did not answer in " + PATIENCE_SECONDS + " s to " + what);
        }
    }

    private static IllegalStateException failed(String what, ExecutionException e) {
        return new IllegalStateException("cannot " + what + ": " + e.getCause().getMessage(), e.getCause());
    }
}
