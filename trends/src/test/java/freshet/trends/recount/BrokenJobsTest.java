package freshet.trends.recount;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.TimeMarker;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUsesCodec;
import freshet.trends.contract.TrendsTopic;
import freshet.trends.count.CountConfig;
import freshet.trends.job.CountStep;
import freshet.trends.job.ExtractStep;
import freshet.trends.runtime.Committed;
import freshet.trends.runtime.LogRecord;
import freshet.trends.runtime.Outgoing;
import freshet.trends.runtime.Step;
import freshet.trends.runtime.Task;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tries the checker: each job is broken in one way, and the recount must find it. */
class BrokenJobsTest {

    private static final int SEEDS_MAX = 60;

    /** A seed under which the recount finds something wrong. */
    private static void assertFound(Consumer<Simulation> breaking) throws IOException {
        for (int seed = 0; seed < SEEDS_MAX; seed++) {
            Simulation simulation = new Simulation(seed);
            breaking.accept(simulation);
            if (!simulation.run(120).agrees()) {
                return;
            }
        }
        throw new AssertionError("the recount agreed with a broken job in " + SEEDS_MAX + " runs");
    }

    @Test
    void findsALostBatchThatWasLetThrough() throws IOException {
        assertFound(simulation -> {
            simulation.clients = (step, random) -> new SimulatedClient(simulation.log(), step, random) {
                @Override
                void write(Outgoing record) {
                    if (!record.topic().equals(TrendsTopic.HASHTAG_USES) || random.nextInt(50) > 0) {
                        super.write(record);
                    }
                }
            };
            simulation.tampering = step ->
                    step.name().equals(CountStep.NAME) ? tamper(step, BrokenJobsTest::asIfNothingWereMissing) : step;
        });
    }

    private static LogRecord asIfNothingWereMissing(LogRecord record) {
        HashtagUses batch = HashtagUsesCodec.decode(record.value());
        HashtagUses forged = new HashtagUses(
                batch.sourceTopic(),
                batch.sourcePartition(),
                batch.sourcePartitions(),
                0,
                0,
                batch.to(),
                batch.watermark(),
                batch.rows());
        return with(record, HashtagUsesCodec.encode(forged));
    }

    /** A lost batch that is not let through stops its source for good: the slides behind it are missing, and said to be. */
    @Test
    void findsWhatALostBatchHoldsUp() throws IOException {
        assertFound(simulation -> {
            simulation.patience = 500;
            simulation.clients = (step, random) -> new SimulatedClient(simulation.log(), step, random) {
                @Override
                void write(Outgoing record) {
                    if (!record.topic().equals(TrendsTopic.HASHTAG_USES) || random.nextInt(20) > 0) {
                        super.write(record);
                    }
                }
            };
        });
    }

    @Test
    void findsADuplicateThatWasCounted() throws IOException {
        assertFound(simulation -> simulation.tampering =
                step -> step.name().equals(ExtractStep.NAME) ? tamper(step, BrokenJobsTest::asIfNeverSeen) : step);
    }

    @Test
    void findsADuplicateThatWasCountedOfATagThatIsSampled() throws IOException {
        assertFound(simulation -> simulation.sampling(3).tampering =
                step -> step.name().equals(ExtractStep.NAME) ? tamper(step, BrokenJobsTest::asIfNeverSeen) : step);
    }

    @Test
    void findsASampleThatIsSmallerThanItSaysItIs() throws IOException {
        assertFound(simulation -> {
            CountConfig smaller = new Simulation(0).sampling(4).count;
            simulation.sampling(5).tampering = step -> step.name().equals(CountStep.NAME)
                    ? new CountStep(
                            smaller,
                            simulation.log().topic(TrendsTopic.HASHTAG_USES).size())
                    : step;
        });
    }

    @Test
    void findsAnAuthorThatWasTakenForTwoOfATagThatIsSampled() throws IOException {
        assertFound(simulation -> simulation.sampling(3).tampering =
                step -> step.name().equals(CountStep.NAME) ? tamper(step, BrokenJobsTest::asIfByTwo) : step);
    }

    private static LogRecord asIfByTwo(LogRecord record) {
        HashtagUses batch = HashtagUsesCodec.decode(record.value());
        List<Row> rows = batch.rows().stream()
                .map(row -> new Row(
                        row.at(),
                        row.sign(),
                        row.holdsFrom(),
                        row.offset(),
                        row.time(),
                        row.late(),
                        row.total(),
                        row.source(),
                        row.lang(),
                        row.cell(),
                        row.author() ^ row.offset() % 2,
                        row.textHash(),
                        row.repostOf(),
                        row.postId(),
                        row.uses(),
                        row.tags()))
                .toList();
        HashtagUses forged = new HashtagUses(
                batch.sourceTopic(),
                batch.sourcePartition(),
                batch.sourcePartitions(),
                batch.begun(),
                batch.from(),
                batch.to(),
                batch.watermark(),
                rows);
        return with(record, HashtagUsesCodec.encode(forged));
    }

    private static LogRecord asIfNeverSeen(LogRecord record) {
        return posts(
                record,
                post -> new Post(
                        post.id() + "@" + record.offset(),
                        post.source(),
                        post.time(),
                        post.lang(),
                        post.repostOf(),
                        post.geo(),
                        post.author(),
                        post.hashtags(),
                        post.textHash(),
                        post.text(),
                        post.replyTo(),
                        post.url()));
    }

    @Test
    void findsALateRuleThatLooksAtWhatArrivedAnywhere() throws IOException {
        assertFound(simulation -> {
            long[] newest = new long[1];
            simulation.tampering = step -> step.name().equals(ExtractStep.NAME)
                    ? tamper(
                            step,
                            record -> posts(record, post -> {
                                newest[0] = Math.max(newest[0], post.time());
                                return post.time() < newest[0] - Simulation.LATENESS
                                        ? new TimeMarker(post.time())
                                        : post;
                            }))
                    : step;
        });
    }

    @Test
    void findsACommitWithoutItsSnapshot() throws IOException {
        assertFound(simulation -> {
            Map<Integer, byte[]> stale = new HashMap<>();
            simulation.tampering = step -> step.name().equals(CountStep.NAME) ? new StaleSnapshots(step, stale) : step;
        });
    }

    private static LogRecord with(LogRecord record, byte[] value) {
        return new LogRecord(record.partition(), record.offset(), record.timestamp(), record.key(), value);
    }

    private static LogRecord posts(LogRecord record, java.util.function.Function<Post, PostsRecord> change) {
        try {
            return PostCodec.decode(record.value()) instanceof Post post
                    ? with(record, PostCodec.encode(change.apply(post)))
                    : record;
        } catch (MalformedRecordException e) {
            return record;
        }
    }

    /** A step whose tasks are given other records than stand in the log. */
    private static Step tamper(Step step, UnaryOperator<LogRecord> records) {
        return new Delegate(step) {
            @Override
            public Task open(int partition) {
                Task task = step.open(partition);
                if (task instanceof Task.Journaling journaling) {
                    return new JournalingTask(journaling, records);
                }
                return task instanceof Task.Rereading rereading
                        ? new RereadingTask(rereading, records)
                        : new SnapshottingTask((Task.Snapshotting) task, records);
            }
        };
    }

    private abstract static class Delegate implements Step {
        final Step step;

        Delegate(Step step) {
            this.step = step;
        }

        @Override
        public String name() {
            return step.name();
        }

        @Override
        public String input() {
            return step.input();
        }

        @Override
        public String stateTopic() {
            return step.stateTopic();
        }
    }

    private static class TamperedTask implements Task {
        private final Task task;
        private final UnaryOperator<LogRecord> records;

        TamperedTask(Task task, UnaryOperator<LogRecord> records) {
            this.task = task;
            this.records = records;
        }

        @Override
        public void apply(LogRecord record, Consumer<Outgoing> out)
                throws freshet.trends.runtime.MissingRecordsException {
            task.apply(records.apply(record), out);
        }

        @Override
        public boolean full() {
            return task.full();
        }

        @Override
        public void flush(Consumer<Outgoing> out) {
            task.flush(out);
        }

        @Override
        public long eventTime() {
            return task.eventTime();
        }
    }

    private static class RereadingTask extends TamperedTask implements Task.Rereading {
        private final Task.Rereading task;

        RereadingTask(Task.Rereading task, UnaryOperator<LogRecord> records) {
            super(task, records);
            this.task = task;
        }

        @Override
        public void begin(long logStart) {
            task.begin(logStart);
        }

        @Override
        public long resume(Committed committed) {
            return task.resume(committed);
        }

        @Override
        public String note() {
            return task.note();
        }
    }

    private static class JournalingTask extends RereadingTask implements Task.Journaling {
        private final Task.Journaling task;

        JournalingTask(Task.Journaling task, UnaryOperator<LogRecord> records) {
            super(task, records);
            this.task = task;
        }

        @Override
        public List<byte[]> journal() {
            return task.journal();
        }

        @Override
        public void journaled(List<Long> offsets) {
            task.journaled(offsets);
        }

        @Override
        public long resume(Committed committed, StoredBlocks blocks) throws IOException {
            return task.resume(committed, blocks);
        }

        @Override
        public long journalNeededFrom() {
            return task.journalNeededFrom();
        }
    }

    private static class SnapshottingTask extends TamperedTask implements Task.Snapshotting {
        final Task.Snapshotting task;

        SnapshottingTask(Task.Snapshotting task, UnaryOperator<LogRecord> records) {
            super(task, records);
            this.task = task;
        }

        @Override
        public void snapshot(DataOutput out) throws IOException {
            task.snapshot(out);
        }

        @Override
        public void restore(DataInput in) throws IOException {
            task.restore(in);
        }
    }

    /** Writes the snapshot before the one that it should. */
    private static final class StaleSnapshots extends Delegate {
        private final Map<Integer, byte[]> stale;

        StaleSnapshots(Step step, Map<Integer, byte[]> stale) {
            super(step);
            this.stale = stale;
        }

        @Override
        public Task open(int partition) {
            return new SnapshottingTask((Task.Snapshotting) step.open(partition), record -> record) {
                @Override
                public void snapshot(DataOutput out) throws IOException {
                    ByteArrayOutputStream now = new ByteArrayOutputStream();
                    super.snapshot(new DataOutputStream(now));
                    out.write(stale.getOrDefault(partition, now.toByteArray()));
                    stale.put(partition, now.toByteArray());
                }
            };
        }
    }

    @Test
    void agreesWithTheJobThatTheyWereMadeOf() throws IOException {
        Simulation simulation = new Simulation(1);
        simulation.tampering = step -> tamper(step, record -> record);
        assertThat(simulation.run(120).findings()).isEmpty();
    }
}
