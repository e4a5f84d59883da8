package freshet.trends.job;

import freshet.ingest.contract.PostsTopic;
import freshet.ingest.contract.Stream;
import freshet.trends.contract.TrendsTopic;
import freshet.trends.runtime.Clients;
import freshet.trends.runtime.Step;
import freshet.trends.runtime.StepThread;
import freshet.trends.runtime.TopicCheck;
import freshet.trends.runtime.WorkerMetrics;
import freshet.trends.runtime.WorkerStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Finds trends in a stream's posts: one instance of the job's steps. Any number of instances share the work through
 * their consumer groups; what comes out is the same.
 */
public final class TrendsJob implements AutoCloseable {

    private static final long DRAIN_MILLIS = 8_000;

    private final TrendsConfig config;
    private final MeterRegistry registry;
    private final List<StepThread> threads = new ArrayList<>();

    public TrendsJob(TrendsConfig config, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    /**
     * Starts the steps and returns; work comes as soon as their groups have met.
     *
     * @throws IOException when the broker doesn't answer, with a line for the user
     * @throws IllegalStateException when a topic is missing or has another number of partitions than it should
     */
    public void start() throws IOException {
        Stream stream = config.stream();
        Clients clients = new Clients(config.bootstrapServers(), config.instanceId(), config.clients());
        Map<String, TopicDescription> topics = new TopicCheck(clients, stream)
                .existing(List.of(
                        PostsTopic.POSTS,
                        PostsTopic.REJECTED,
                        TrendsTopic.HASHTAG_USES,
                        TrendsTopic.EXTRACT_STATE,
                        TrendsTopic.COUNT_STATE,
                        TrendsTopic.TREND_CANDIDATES,
                        TrendsTopic.TRENDS));
        int sources = partitions(topics, PostsTopic.POSTS);
        int targets = partitions(topics, TrendsTopic.HASHTAG_USES);
        require(topics, stream, TrendsTopic.EXTRACT_STATE, sources);
        require(topics, stream, TrendsTopic.COUNT_STATE, targets);
        require(topics, stream, TrendsTopic.TREND_CANDIDATES, 1);
        require(topics, stream, TrendsTopic.TRENDS, 1);
        if (config.steps().contains(ExtractStep.NAME)) {
            Step extract = new ExtractStep(
                    topics.get(PostsTopic.POSTS).topicId(),
                    stream.topic(PostsTopic.POSTS),
                    sources,
                    targets,
                    config.extract(),
                    registry);
            threads.add(thread(clients, extract, sources));
        }
        if (config.steps().contains(CountStep.NAME)) {
            threads.add(thread(
                    clients,
                    new CountStep(config.count(), targets, config.lateness(), InstantSource.system()),
                    targets));
        }
        if (config.steps().contains(RankStep.NAME)) {
            Step rank = new RankStep(config.rank(), from -> clients.tail(stream, TrendsTopic.TRENDS, 0, from));
            threads.add(thread(clients, rank, 1));
        }
        threads.forEach(StepThread::start);
    }

    private StepThread thread(Clients clients, Step step, int partitions) {
        WorkerMetrics metrics = new WorkerMetrics(registry, config.stream().name(), step.name());
        return new StepThread(step, clients.logs(config.stream(), step, partitions), config.pace(), metrics);
    }

    private static int partitions(Map<String, TopicDescription> topics, String topic) {
        return topics.get(topic).partitions().size();
    }

    private static void require(Map<String, TopicDescription> topics, Stream stream, String topic, int wanted) {
        int found = partitions(topics, topic);
        if (found != wanted) {
            throw new IllegalStateException(
                    "topic " + stream.topic(topic) + " has " + found + " partitions and must have " + wanted
                            + "; delete this stream's topics but posts, and start again");
        }
    }

    /** Whether every step of this instance has work, or others have it all. */
    public boolean ready() {
        return !threads.isEmpty()
                && threads.stream()
                        .allMatch(t -> t.failure() == null && t.status().partitions() > 0);
    }

    /** One line for each step, by its name: how much of the work it has, what it waits for, what went wrong. */
    public Map<String, String> health() {
        Map<String, String> health = new LinkedHashMap<>();
        for (StepThread thread : threads) {
            WorkerStatus status = thread.status();
            StringBuilder line = new StringBuilder();
            if (thread.failure() != null) {
                line.append("failing: ").append(thread.failure());
            } else if (status.partitions() == 0) {
                line.append("joining its group");
            } else {
                line.append("assigned ").append(status.assigned()).append('/').append(status.partitions());
                status.waits().forEach(wait -> line.append(", ").append(wait));
            }
            health.put(thread.name(), line.toString());
        }
        return health;
    }

    /** Finishes and commits what has been read, and leaves; within seconds. */
    @Override
    public void close() {
        threads.forEach(StepThread::drain);
        long deadline = System.nanoTime() + DRAIN_MILLIS * 1_000_000;
        for (StepThread thread : threads) {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
        threads.clear();
    }
}
