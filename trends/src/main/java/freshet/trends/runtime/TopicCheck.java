package freshet.trends.runtime;

import freshet.ingest.contract.Stream;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks the topics up before a job starts, so that what is missing is said in one line and not met later. */
public final class TopicCheck {

    private static final long WAIT_SECONDS = 20;

    private final Clients clients;
    private final Stream stream;

    public TopicCheck(Clients clients, Stream stream) {
        this.clients = clients;
        this.stream = stream;
    }

    /**
     * Describes topics.
     *
     * @param topics base names
     * @return descriptions by base name
     * @throws IOException when no broker answers
     * @throws IllegalStateException when one does not exist
     */
    public Map<String, TopicDescription> existing(Collection<String> topics) throws IOException {
        Map<String, TopicDescription> found = new HashMap<>();
        try (Admin admin = clients.admin(stream, "check")) {
            for (String topic : topics) {
                found.put(topic, describe(admin, stream.topic(topic)));
            }
        }
        return found;
    }

    private TopicDescription describe(Admin admin, String topic) throws IOException {
        String at = " at " + clients.bootstrapServers();
        try {
            return admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new IllegalStateException(
                        "topic " + topic + " does not exist" + at + "; create this stream's topics first", e);
            }
            throw new IOException(
                    "cannot look up topic " + topic + at + ": " + e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("no broker answers" + at + "; is it running there?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while looking up topic " + topic, e);
        }
    }
}
