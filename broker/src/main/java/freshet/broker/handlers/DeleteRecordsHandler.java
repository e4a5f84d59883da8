package freshet.broker.handlers;

import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.partition.Partitions;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the start of logs; -1 is the high watermark. */
public final class DeleteRecordsHandler implements RequestHandler<DeleteRecordsRequestData> {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteRecordsHandler.class);

    private final LocalPartitions partitions;

    public DeleteRecordsHandler(int brokerId, MetadataStore metadata, Partitions partitions) {
        this.partitions = new LocalPartitions(brokerId, metadata, partitions);
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DELETE_RECORDS;
    }

    @Override
    public CompletableFuture<DeleteRecordsResponseData> handle(
            RequestContext context, DeleteRecordsRequestData request) {
        ClusterImage image = partitions.image();
        DeleteRecordsResponseData response = new DeleteRecordsResponseData();
        for (DeleteRecordsTopic topic : request.topics()) {
            DeleteRecordsTopicResult answer = new DeleteRecordsTopicResult().setName(topic.name());
            for (DeleteRecordsPartition partition : topic.partitions()) {
                answer.partitions().add(delete(image, topic.name(), partition));
            }
            response.topics().add(answer);
        }
        return CompletableFuture.completedFuture(response);
    }

    private DeleteRecordsPartitionResult delete(ClusterImage image, String topic, DeleteRecordsPartition wanted) {
        DeleteRecordsPartitionResult result =
                new DeleteRecordsPartitionResult().setPartitionIndex(wanted.partitionIndex());
        try {
            return result.setLowWatermark(partitions
                    .led(LocalPartitions.topic(image, topic), wanted.partitionIndex())
                    .deleteRecordsBefore(wanted.offset()));
        } catch (ApiException e) {
            return result.setLowWatermark(-1)
                    .setErrorCode(Errors.forException(e).code());
        } catch (RuntimeException e) {
            LOG.error("Cannot delete records of {}-{}", topic, wanted.partitionIndex(), e);
            return result.setLowWatermark(-1)
                    .setErrorCode(Errors.forException(e).code());
        }
    }
}
