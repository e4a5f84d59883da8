package freshet.trends.runtime;

/** One of the steps of the job: what it reads and what works on each partition of that. */
public interface Step {

    /** Part of the names of its group, its threads and its metrics. */
    String name();

    /** Base name of the topic that it reads. */
    String input();

    /** Base name of the topic that keeps snapshots or blocks, one partition for each of the input's; null for none. */
    String stateTopic();

    /** How what it writes is compressed, as Kafka's {@code compression.type} has it. */
    default String compression() {
        return "lz4";
    }

    /** Work on a partition, before its beginning; the worker then brings back what there was. */
    Task open(int partition);
}
