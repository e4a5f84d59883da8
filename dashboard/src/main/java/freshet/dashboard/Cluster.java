package freshet.dashboard;

import freshet.storage.feed.TopicDirectory;
import org.apache.kafka.clients.consumer.Consumer;

/** What the dashboard needs of a Kafka cluster; a test hands in one of its own. */
interface Cluster extends AutoCloseable {

    TopicDirectory topics();

    /** A consumer that is assigned its partitions by hand. */
    Consumer<byte[], byte[]> consumer(String clientId);

    /** A consumer of a group, which commits by hand. */
    Consumer<byte[], byte[]> groupConsumer(String group);

    /** A consumer that fetches little at a time, for single records. */
    Consumer<byte[], byte[]> seekingConsumer(String clientId);

    @Override
    void close();
}
