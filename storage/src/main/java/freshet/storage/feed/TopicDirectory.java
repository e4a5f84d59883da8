package freshet.storage.feed;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicListing;

/** Which topics there are. */
@FunctionalInterface
public interface TopicDirectory {

    /**
     * Names of all topics with their ids; a topic that was deleted and made again has another id.
     *
     * @throws UnavailableException when the cluster does not answer
     */
    Map<String, String> topics() throws UnavailableException, InterruptedException;

    /** The cluster does not answer. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1;

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The topics of a cluster, asked for anew at each call. */
    static TopicDirectory of(Admin admin) {
        return () -> {
            try {
                Set<TopicListing> listings =
                        Set.copyOf(admin.listTopics().listings().get(10, TimeUnit.SECONDS));
                return listings.stream()
                        .collect(Collectors.toMap(
                                TopicListing::name, listing -> listing.topicId().toString()));
            } catch (ExecutionException e) {
                throw new UnavailableException(
                        "cannot list topics: " + e.getCause().getMessage(), e.getCause());
            } catch (TimeoutException e) {
                throw new UnavailableException("cannot list topics: no answer within 10 s", e);
            }
        };
    }
}
