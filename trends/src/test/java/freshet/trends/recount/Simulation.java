package freshet.trends.recount;

import freshet.ingest.contract.PostsTopic;
import freshet.trends.contract.RankingCodec;
import freshet.trends.contract.TrendsTopic;
import freshet.trends.count.CountConfig;
import freshet.trends.extract.ExtractSettings;
import freshet.trends.job.CountStep;
import freshet.trends.job.ExtractStep;
import freshet.trends.job.RankStep;
import freshet.trends.rank.RankConfig;
import freshet.trends.runtime.Outgoing;
import freshet.trends.runtime.Point;
import freshet.trends.runtime.Step;
import freshet.trends.runtime.Worker;
import freshet.trends.runtime.WorkerMetrics;
import freshet.trends.runtime.WorkerSettings;
import freshet.trends.time.Windows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.Uuid;

/**
 * The whole job from one seed in one thread: a log in memory, several instances of each step, posts that arrive while
 * they work. Instances crash after any of their numbered points, or stall there until the group has given their
 * partitions to others and these have gone on, and then finish what they were at. In the end all crashes stop, the rest
 * is worked off, and the recount has the last word.
 */
final class Simulation {

    static final long LATENESS = 10_000;
    static final CountConfig COUNT = new CountConfig(
            Windows.parse("10s/1s,1m/5s,30m/1m"), 1, Double.NEGATIVE_INFINITY, Integer.MAX_VALUE, 1_000);

    static final RankConfig RANK = new RankConfig(
            COUNT.windows(), Integer.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

    private static final WorkerSettings PACE = new WorkerSettings(5, 20, 60, 30_000, 5);

    private final Random random;
    private final Random fixed;
    private final SimulatedLog log;
    private final int sources;
    private final List<Slot> slots = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    CountConfig count = COUNT;
    RankConfig rank = RANK;

    /** Ways to break the job on purpose. */
    UnaryOperator<Step> tampering = step -> step;

    BiFunction<Step, Random, SimulatedClient> clients = (step, seeded) -> new SimulatedClient(log(), step, seeded);

    /** How many rounds the rest may take; what is not published by then is missing. */
    int patience = 20_000;

    private boolean faults = true;
    private boolean stalled;
    private long clock;
    int crashes;
    int stalls;

    /** Where an instance of a step runs; a crashed one is followed by another. */
    private final class Slot {
        final Step step;
        SimulatedClient client;
        Worker worker;

        final WorkerMetrics metrics;

        Slot(Step step) {
            this.step = step;
            this.metrics = new WorkerMetrics(new SimpleMeterRegistry(), "", step.name());
        }

        void round() {
            try {
                if (worker == null) {
                    client = clients.apply(step, random);
                    worker = new Worker(step, client, PACE, () -> clock, point -> at(point, this), metrics);
                    worker.start();
                }
                worker.round();
            } catch (Crash | SimulatedClient.Overtaken e) {
                client.die();
                worker = null;
            }
        }
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** One seed for everything. */
    Simulation(long seed) {
        this(seed, seed);
    }

    /**
     * @param postsSeed what the posts say, and how many partitions they have
     * @param seed in which order everything happens, and what breaks
     */
    Simulation(long postsSeed, long seed) {
        random = new Random(seed);
        fixed = new Random(postsSeed);
        log = new SimulatedLog(random);
        sources = 1 + fixed.nextInt(3);
        int targets = 1 + fixed.nextInt(3);
        log.create(PostsTopic.POSTS, sources);
        log.create(PostsTopic.REJECTED, 1);
        log.create(TrendsTopic.HASHTAG_USES, targets);
        log.create(TrendsTopic.EXTRACT_STATE, sources);
        log.create(TrendsTopic.COUNT_STATE, targets);
        log.create(TrendsTopic.TREND_CANDIDATES, 1);
        log.create(TrendsTopic.TRENDS, 1);
    }

    SimulatedLog log() {
        return log;
    }

    /** Has tags sampled that are used more often than this in a window. */
    Simulation sampling(int exactUsesMax) {
        count = count.bounded(exactUsesMax, count.usesMax());
        return this;
    }

    /** Runs it all and judges. */
    Verdict run(int posts) throws IOException {
        for (int instance = 0; instance < 2; instance++) {
            slots.add(new Slot(tampering.apply(new ExtractStep(
                    new Uuid(1, 2),
                    "posts",
                    sources,
                    log.topic(TrendsTopic.HASHTAG_USES).size(),
                    new ExtractSettings(LATENESS, count.windows().longest()),
                    registry))));
            slots.add(new Slot(tampering.apply(
                    new CountStep(count, log.topic(TrendsTopic.HASHTAG_USES).size()))));
            slots.add(new Slot(tampering.apply(new RankStep(rank, this::trendsFrom))));
        }
        List<Deque<RandomPosts.Record>> unwritten = new ArrayList<>();
        for (int p = 0; p < sources; p++) {
            unwritten.add(new ArrayDeque<>());
        }
        Recount recount = new Recount(sources, LATENESS, count.exactUsesMax());
        for (RandomPosts.Record record : new RandomPosts(fixed, sources).records(posts)) {
            unwritten.get(record.partition()).add(record);
            recount.add(record.partition(), record.timestamp(), record.value());
        }
        while (unwritten.stream().anyMatch(queue -> !queue.isEmpty())) {
            for (int n = random.nextInt(8); n > 0; n--) {
                write(unwritten.get(random.nextInt(sources)).poll());
            }
            tick();
        }
        faults = false;
        for (int round = 0; round < patience && !done(); round++) {
            tick();
        }
        Published published = new Published();
        for (SimulatedLog.Stored stored : log.partition(TrendsTopic.TRENDS, 0).records) {
            published.add(RankingCodec.decode(stored.value()));
        }
        return Verdict.of(recount, published, count.windows().all(), count.authorsMin());
    }

    private void write(RandomPosts.Record record) {
        if (record != null) {
            log.append(new Outgoing(PostsTopic.POSTS, record.partition(), record.timestamp(), null, record.value()));
        }
    }

    /** What was published, by key and end; the same may stand there several times. */
    Set<String> finals() {
        Set<String> finals = new TreeSet<>();
        for (SimulatedLog.Stored stored : log.partition(TrendsTopic.TRENDS, 0).records) {
            finals.add(new String(stored.value(), StandardCharsets.UTF_8));
        }
        return finals;
    }

    private List<byte[]> trendsFrom(long time) {
        return log.partition(TrendsTopic.TRENDS, 0).records.stream()
                .dropWhile(stored -> stored.timestamp() < time)
                .map(SimulatedLog.Stored::value)
                .toList();
    }

    private void tick() {
        clock += random.nextInt(10);
        slots.get(random.nextInt(slots.size())).round();
    }

    private void at(Point point, Slot slot) {
        if (!faults || stalled) {
            return;
        }
        int dice = random.nextInt(200);
        if (dice < 4) {
            crashes++;
            throw new Crash();
        }
        if (dice < 6) {
            stall(slot);
        }
    }

    /** The instance stands still, is given up by its group, and comes back later in the middle of its round. */
    private void stall(Slot slot) {
        stalls++;
        stalled = true;
        slot.client.expel();
        for (int i = random.nextInt(60); i > 0; i--) {
            clock += random.nextInt(10);
            Slot other = slots.get(random.nextInt(slots.size()));
            if (other != slot) {
                other.round();
            }
        }
        stalled = false;
    }

    /** Whether all that was read is committed and nothing waits to be read. */
    private boolean done() {
        for (Slot slot : slots) {
            SimulatedLog.Group group = log.group(slot.step.name());
            List<SimulatedLog.Partition> input = log.topic(slot.step.input());
            for (int p = 0; p < input.size(); p++) {
                long committed =
                        group.committed.containsKey(p) ? group.committed.get(p).offset() : 0;
                if (committed < input.get(p).end()) {
                    return false;
                }
            }
        }
        return true;
    }
}
