package freshet.broker.handlers;

import freshet.broker.log.TimestampOffset;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.partition.Partition;
import freshet.broker.partition.Partitions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds offsets by time; some negative times have a meaning of their own. */
public final class ListOffsetsHandler implements RequestHandler<ListOffsetsRequestData> {

    private static final Logger LOG = LoggerFactory.getLogger(ListOffsetsHandler.class);
    private static final short LEADER_EPOCH_FROM = 4;
    private static final byte READ_COMMITTED = 1;
    private static final TimestampOffset NONE = new TimestampOffset(-1, -1, -1);

    private final LocalPartitions partitions;

    public ListOffsetsHandler(int brokerId, MetadataStore metadata, Partitions partitions) {
        this.partitions = new LocalPartitions(brokerId, metadata, partitions);
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.LIST_OFFSETS;
    }

    @Override
    public CompletableFuture<ListOffsetsResponseData> handle(RequestContext context, ListOffsetsRequestData request) {
        ClusterImage image = partitions.image();
        boolean committed = request.isolationLevel() == READ_COMMITTED;
        ListOffsetsResponseData response = new ListOffsetsResponseData();
        for (ListOffsetsTopic topic : request.topics()) {
            ListOffsetsTopicResponse answer = new ListOffsetsTopicResponse().setName(topic.name());
            for (ListOffsetsPartition partition : topic.partitions()) {
                answer.partitions().add(find(context, image, topic.name(), partition, committed));
            }
            response.topics().add(answer);
        }
        return CompletableFuture.completedFuture(response);
    }

    private ListOffsetsPartitionResponse find(
            RequestContext context, ClusterImage image, String topic, ListOffsetsPartition wanted, boolean committed) {
        ListOffsetsPartitionResponse result =
                new ListOffsetsPartitionResponse().setPartitionIndex(wanted.partitionIndex());
        try {
            Partition partition = partitions.led(
                    LocalPartitions.topic(image, topic), wanted.partitionIndex(), wanted.currentLeaderEpoch());
            TimestampOffset found = find(partition, wanted.timestamp(), committed);
            result.setTimestamp(found.timestamp()).setOffset(found.offset());
            if (context.apiVersion() >= LEADER_EPOCH_FROM) {
                result.setLeaderEpoch(found.leaderEpoch());
            }
        } catch (ApiException e) {
            result.setErrorCode(Errors.forException(e).code());
        } catch (RuntimeException e) {
            LOG.error("Cannot find offsets in {}-{}", topic, wanted.partitionIndex(), e);
            result.setErrorCode(Errors.forException(e).code());
        }
        return result;
    }

    private static TimestampOffset find(Partition partition, long timestamp, boolean committed) {
        long end = committed ? partition.lastStableOffset() : partition.highWatermark();
        if (timestamp == ListOffsetsRequest.LATEST_TIMESTAMP) {
            return new TimestampOffset(-1, end, partition.leaderEpoch());
        }
        if (timestamp == ListOffsetsRequest.EARLIEST_TIMESTAMP
                || timestamp == ListOffsetsRequest.EARLIEST_LOCAL_TIMESTAMP) {
            return new TimestampOffset(-1, partition.logStartOffset(), partition.leaderEpoch());
        }
        if (timestamp == ListOffsetsRequest.LATEST_TIERED_TIMESTAMP
                || timestamp == ListOffsetsRequest.EARLIEST_PENDING_UPLOAD_TIMESTAMP) {
            // There is no second tier.
            return NONE;
        }
        if (timestamp < 0 && timestamp != ListOffsetsRequest.MAX_TIMESTAMP) {
            throw new UnsupportedVersionException("There is no special time " + timestamp + ".");
        }
        Optional<TimestampOffset> found = timestamp == ListOffsetsRequest.MAX_TIMESTAMP
                ? partition.offsetOfMaxTimestamp()
                : partition.offsetForTimestamp(timestamp);
        return found.filter(at -> at.offset() < end).orElse(NONE);
    }
}
