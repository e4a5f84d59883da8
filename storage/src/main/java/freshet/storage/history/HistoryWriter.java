package freshet.storage.history;

import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.Stream;
import freshet.trends.contract.Ranking;
import java.util.List;
import java.util.OptionalLong;

/**
 * Stores what was read from one partition of a topic, together with how far it was read: a batch is in the history as a
 * whole or not at all, and a batch that comes again changes nothing. Thread-safe, one batch at a time.
 */
public interface HistoryWriter {

    /**
     * A stretch of a topic partition that was read.
     *
     * @param topic its base name
     * @param topicId the topic's own id; another id under the same name is another topic: the stream started afresh
     * @param from first offset of the stretch
     * @param to offset after its last
     */
    record Stretch(Stream stream, String topic, String topicId, int partition, long from, long to) {}

    /**
     * Makes sure that what is remembered of a topic came from the topic with this id: what came from another of the same
     * name is forgotten, its positions included.
     *
     * @return whether anything was forgotten
     */
    boolean adopt(Stream stream, String topic, String topicId);

    /** Where reading goes on, or empty where nothing of the partition was read yet. */
    OptionalLong position(Stream stream, String topic, int partition);

    /** Stores the finals among {@code rankings}, in the order in which they were read. */
    void rankings(Stretch stretch, List<Ranking> rankings);

    /** Stores what was taken back. */
    void retractions(Stretch stretch, List<Retraction> retractions);

    /** A name for this database that no other has: its consumers' group. */
    String id();
}
