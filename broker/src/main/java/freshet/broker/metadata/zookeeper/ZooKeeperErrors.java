package freshet.broker.metadata.zookeeper;

import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.zookeeper.KeeperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ZooKeeper's errors in Kafka's terms: retriable where trying again may help. */
final class ZooKeeperErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ZooKeeperErrors.class);

    private final String servers;

    ZooKeeperErrors(String servers) {
        this.servers = servers;
    }

    /** @param what the thing that could not be done: {@code create topic posts} */
    ApiException translate(String what, Exception problem) {
        if (problem instanceof ApiException known) {
            return known;
        }
        if (problem instanceof KeeperException.NodeExistsException) {
            return new TopicExistsException("Cannot " + what + ": it already exists.");
        }
        if (problem instanceof KeeperException.NoNodeException) {
            return new UnknownTopicOrPartitionException("Cannot " + what + ": it doesn't exist any more.");
        }
        if (problem instanceof KeeperException.ConnectionLossException
                || problem instanceof KeeperException.SessionExpiredException
                || problem instanceof KeeperException.OperationTimeoutException
                || problem instanceof KeeperException.BadVersionException) {
            return new TimeoutException(
                    "Cannot " + what + " now, try again: ZooKeeper at " + servers + " answers " + problem.getMessage(),
                    problem);
        }
        if (problem instanceof UncheckedIOException && problem.getCause() instanceof UTFDataFormatException) {
            return new InvalidRequestException("Cannot " + what + ": a setting is longer than 65,535 bytes.");
        }
        LOG.error("Cannot {}", what, problem);
        return new UnknownServerException("Cannot " + what + ": " + problem, problem);
    }
}
