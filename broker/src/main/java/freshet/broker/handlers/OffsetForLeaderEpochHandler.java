package freshet.broker.handlers;

import freshet.broker.log.EpochEnd;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.partition.Partitions;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** Tells where a leader's epoch ended in the log, by which a reader finds out whether it has read what was cut (KIP-320). */
public final class OffsetForLeaderEpochHandler implements RequestHandler<OffsetForLeaderEpochRequestData> {

    private final LocalPartitions partitions;

    public OffsetForLeaderEpochHandler(int brokerId, MetadataStore metadata, Partitions partitions) {
        this.partitions = new LocalPartitions(brokerId, metadata, partitions);
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.OFFSET_FOR_LEADER_EPOCH;
    }

    @Override
    public CompletableFuture<OffsetForLeaderEpochResponseData> handle(
            RequestContext context, OffsetForLeaderEpochRequestData request) {
        ClusterImage image = partitions.image();
        OffsetForLeaderEpochResponseData response = new OffsetForLeaderEpochResponseData();
        for (OffsetForLeaderTopic topic : request.topics()) {
            OffsetForLeaderTopicResult answer = new OffsetForLeaderTopicResult().setTopic(topic.topic());
            for (OffsetForLeaderPartition partition : topic.partitions()) {
                answer.partitions().add(find(image, topic.topic(), partition));
            }
            response.topics().add(answer);
        }
        return CompletableFuture.completedFuture(response);
    }

    private EpochEndOffset find(ClusterImage image, String topic, OffsetForLeaderPartition wanted) {
        EpochEndOffset result = new EpochEndOffset().setPartition(wanted.partition());
        try {
            EpochEnd end = partitions
                    .led(LocalPartitions.topic(image, topic), wanted.partition(), wanted.currentLeaderEpoch())
                    .endOfLeaderEpoch(wanted.leaderEpoch());
            return result.setLeaderEpoch(end.leaderEpoch()).setEndOffset(end.endOffset());
        } catch (RuntimeException e) {
            return result.setErrorCode(Errors.forException(e).code());
        }
    }
}
