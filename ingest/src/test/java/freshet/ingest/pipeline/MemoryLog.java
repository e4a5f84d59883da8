package freshet.ingest.pipeline;

import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.PostsTopic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Both topics in memory. Records are pending until acknowledged; a crash keeps of each partition's pending ones a
 * beginning of any length, as a killed producer does.
 */
final class MemoryLog implements PostsLog {

    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final int partitions;
    private final TreeMap<String, List<ProducerRecord<byte[], byte[]>>> durable = new TreeMap<>();
    private final TreeMap<String, List<ProducerRecord<byte[], byte[]>>> pending = new TreeMap<>();
    private int stepsUntilCrash = Integer.MAX_VALUE;
    private int steps;

    MemoryLog(int partitions) {
        this.partitions = partitions;
    }

    void crashAfter(int steps) {
        stepsUntilCrash = steps;
        this.steps = 0;
    }

    int steps() {
        return steps;
    }

    /** What a crash leaves: {@code kept} says how many of so many pending records of a partition arrived. */
    void lose(java.util.function.IntUnaryOperator kept) {
        pending.forEach((partition, records) -> durable.computeIfAbsent(partition, p -> new ArrayList<>())
                .addAll(records.subList(0, kept.applyAsInt(records.size()))));
        pending.clear();
        stepsUntilCrash = Integer.MAX_VALUE;
    }

    private void step() {
        steps++;
        if (steps > stepsUntilCrash) {
            throw new Crash();
        }
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public Mark lastPost(int partition, String source) {
        return last(posts(partition), source);
    }

    @Override
    public Mark lastRejected(String source) {
        return last(rejected(), source);
    }

    private static Mark last(List<ProducerRecord<byte[], byte[]>> records, String source) {
        for (int i = records.size() - 1; i >= 0; i--) {
            Mark mark = Positions.mark(records.get(i).headers(), records.get(i).value(), source);
            if (mark != null) {
                return mark;
            }
        }
        return Mark.NONE;
    }

    List<ProducerRecord<byte[], byte[]>> posts(int partition) {
        return durable.getOrDefault("posts-" + partition, List.of());
    }

    List<ProducerRecord<byte[], byte[]>> rejected() {
        return durable.getOrDefault("rejected", List.of());
    }

    /** Everything of all partitions, partition by partition. */
    List<String> dump() {
        List<String> all = new ArrayList<>();
        durable.forEach((partition, records) -> records.forEach(r -> all.add(partition + " " + show(r))));
        return all;
    }

    private static String show(ProducerRecord<byte[], byte[]> r) {
        return r.timestamp() + " " + (r.key() == null ? "-" : new String(r.key(), StandardCharsets.UTF_8)) + " "
                + new String(r.value(), StandardCharsets.ISO_8859_1) + " "
                + header(r, PostsTopic.HEADER_POSITION);
    }

    static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** The decoded records of all partitions of posts. */
    List<PostsRecord> decoded() {
        List<PostsRecord> all = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            for (ProducerRecord<byte[], byte[]> record : posts(p)) {
                try {
                    all.add(PostCodec.decode(record.value()));
                } catch (freshet.ingest.contract.MalformedRecordException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return all;
    }

    @Override
    public void append(ProducerRecord<byte[], byte[]> record) {
        step();
        String partition = record.topic().endsWith(PostsTopic.REJECTED) ? "rejected" : "posts-" + record.partition();
        pending.computeIfAbsent(partition, p -> new ArrayList<>()).add(record);
    }

    @Override
    public void flush() {
        step();
        int until = stepsUntilCrash;
        lose(size -> size);
        stepsUntilCrash = until;
    }

    @Override
    public void close() {
        lose(size -> size);
    }
}
