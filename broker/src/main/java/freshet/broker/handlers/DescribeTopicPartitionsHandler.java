package freshet.broker.handlers;

import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.PartitionImage;
import freshet.broker.metadata.TopicImage;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Describes topics page by page (KIP-966): so many partitions, and a cursor to go on from. */
public final class DescribeTopicPartitionsHandler implements RequestHandler<DescribeTopicPartitionsRequestData> {

    private static final int MAX_PAGE = 2_000;

    private final MetadataStore metadata;

    public DescribeTopicPartitionsHandler(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_TOPIC_PARTITIONS;
    }

    @Override
    public CompletableFuture<DescribeTopicPartitionsResponseData> handle(
            RequestContext context, DescribeTopicPartitionsRequestData request) {
        String fromTopic = request.cursor() == null ? "" : request.cursor().topicName();
        int fromPartition = request.cursor() == null ? 0 : request.cursor().partitionIndex();
        if (fromPartition < 0) {
            throw new InvalidRequestException("The cursor's partition " + fromPartition + " is below 0.");
        }
        int room = Math.max(1, Math.min(MAX_PAGE, request.responsePartitionLimit()));
        ClusterImage image = metadata.image();
        DescribeTopicPartitionsResponseData response = new DescribeTopicPartitionsResponseData();
        for (String name : names(request.topics(), image).tailSet(fromTopic)) {
            Optional<TopicImage> topic = image.topic(name);
            if (topic.isEmpty()) {
                response.topics().add(unknown(name));
                continue;
            }
            if (room == 0) {
                response.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(0));
                break;
            }
            int from = name.equals(fromTopic) ? fromPartition : 0;
            int size = topic.get().partitions().size();
            int to = Math.min(size, from + Math.min(room, size));
            response.topics().add(describe(image, topic.get(), Math.min(from, size), to));
            room -= Math.max(0, to - from);
            if (to < size) {
                response.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(to));
                break;
            }
        }
        return CompletableFuture.completedFuture(response);
    }

    private static TreeSet<String> names(List<TopicRequest> wanted, ClusterImage image) {
        Collection<String> names = wanted.isEmpty()
                ? image.topics().keySet()
                : wanted.stream().map(TopicRequest::name).toList();
        return new TreeSet<>(names);
    }

    private static DescribeTopicPartitionsResponseTopic unknown(String name) {
        Errors error = Topic.isValid(name) ? Errors.UNKNOWN_TOPIC_OR_PARTITION : Errors.INVALID_TOPIC_EXCEPTION;
        return new DescribeTopicPartitionsResponseTopic().setName(name).setErrorCode(error.code());
    }

    private static DescribeTopicPartitionsResponseTopic describe(
            ClusterImage image, TopicImage topic, int from, int to) {
        DescribeTopicPartitionsResponseTopic result = new DescribeTopicPartitionsResponseTopic()
                .setName(topic.name())
                .setTopicId(topic.id())
                .setIsInternal(Topic.isInternal(topic.name()));
        for (PartitionImage partition : topic.partitions().subList(from, Math.max(from, to))) {
            boolean led = image.brokers().containsKey(partition.leader());
            result.partitions()
                    .add(new DescribeTopicPartitionsResponsePartition()
                            .setPartitionIndex(partition.index())
                            .setErrorCode((led ? Errors.NONE : Errors.LEADER_NOT_AVAILABLE).code())
                            .setLeaderId(led ? partition.leader() : PartitionImage.NO_LEADER)
                            .setLeaderEpoch(partition.leaderEpoch())
                            .setReplicaNodes(partition.replicas())
                            .setIsrNodes(partition.isr())
                            .setEligibleLeaderReplicas(List.of())
                            .setLastKnownElr(List.of())
                            .setOfflineReplicas(MetadataHandler.offline(image, partition)));
        }
        return result;
    }
}
