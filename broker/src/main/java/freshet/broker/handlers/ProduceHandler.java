package freshet.broker.handlers;

import freshet.broker.log.AppendInfo;
import freshet.broker.log.AppendOrigin;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.metadata.TopicImage;
import freshet.broker.partition.Partition;
import freshet.broker.partition.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidRequiredAcksException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.ProduceRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends batches; with {@code acks=all} answers when they are committed. */
public final class ProduceHandler implements RequestHandler<ProduceRequestData> {

    private static final Logger LOG = LoggerFactory.getLogger(ProduceHandler.class);
    private static final short ACKS_ALL = -1;
    private static final short ACKS_NONE = 0;
    private static final short ACKS_LEADER = 1;
    private static final short TOPIC_IDS_FROM = 13;

    private final LocalPartitions partitions;
    private final Seldom storageProblems = new Seldom();

    public ProduceHandler(int brokerId, MetadataStore metadata, Partitions partitions) {
        this.partitions = new LocalPartitions(brokerId, metadata, partitions);
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.PRODUCE;
    }

    @Override
    public CompletableFuture<ProduceResponseData> handle(RequestContext context, ProduceRequestData request) {
        short acks = request.acks();
        if (acks != ACKS_ALL && acks != ACKS_NONE && acks != ACKS_LEADER) {
            throw new InvalidRequiredAcksException("acks must be 0, 1 or -1 (all), not " + acks + ".");
        }
        ClusterImage image = partitions.image();
        ProduceResponseData response = new ProduceResponseData();
        List<CompletableFuture<Void>> commits = new ArrayList<>();
        for (TopicProduceData topic : request.topicData()) {
            TopicProduceResponse answer =
                    new TopicProduceResponse().setName(topic.name()).setTopicId(topic.topicId());
            for (PartitionProduceData partition : topic.partitionData()) {
                PartitionProduceResponse result = new PartitionProduceResponse().setIndex(partition.index());
                answer.partitionResponses().add(result);
                append(context, image, topic, partition, acks, request.timeoutMs(), result, commits);
            }
            response.responses().add(answer);
        }
        if (acks == ACKS_NONE) {
            return answerNothing(response);
        }
        return commits.isEmpty()
                ? CompletableFuture.completedFuture(response)
                : Futures.all(commits).thenApply(done -> response);
    }

    private void append(
            RequestContext context,
            ClusterImage image,
            TopicProduceData topic,
            PartitionProduceData data,
            short acks,
            int timeoutMs,
            PartitionProduceResponse result,
            List<CompletableFuture<Void>> commits) {
        try {
            TopicImage found = context.apiVersion() >= TOPIC_IDS_FROM
                    ? LocalPartitions.topic(image, topic.topicId())
                    : LocalPartitions.topic(image, topic.name());
            if (Topic.isInternal(found.name())) {
                throw new InvalidTopicException(found.name() + " is the broker's own: clients can only read it.");
            }
            Partition partition = partitions.led(found, data.index());
            AppendInfo appended = partition.append(records(context, data.records()), AppendOrigin.CLIENT);
            result.setBaseOffset(appended.firstOffset())
                    .setLogAppendTimeMs(appended.logAppendTimeMs())
                    .setLogStartOffset(appended.logStartOffset());
            if (acks == ACKS_ALL) {
                CompletableFuture<Void> committed =
                        Futures.within(partition.whenCommitted(appended.lastOffset() + 1), timeoutMs);
                if (!committed.isDone() || committed.isCompletedExceptionally()) {
                    commits.add(committed.handle((done, problem) -> {
                        if (problem != null) {
                            fail(result, problem);
                        }
                        return null;
                    }));
                }
            }
        } catch (KafkaStorageException e) {
            if (storageProblems.mayTell()) {
                LOG.error("Cannot append to {}-{}: {}", topic.name(), data.index(), e.getMessage());
            }
            fail(result, e);
        } catch (ApiException e) {
            fail(result, e);
        } catch (RuntimeException e) {
            LOG.error("Cannot append to {}-{} for {}", topic.name(), data.index(), context.clientId(), e);
            fail(result, e);
        }
    }

    private static MemoryRecords records(RequestContext context, BaseRecords records) {
        ProduceRequest.validateRecords(context.apiVersion(), records);
        if (records instanceof MemoryRecords memory) {
            return memory;
        }
        throw new InvalidRecordException("There are no records.");
    }

    private static void fail(PartitionProduceResponse result, Throwable problem) {
        Throwable cause = Futures.cause(problem);
        result.setErrorCode(Errors.forException(cause).code())
                .setErrorMessage(Futures.message(cause))
                .setBaseOffset(-1)
                .setLogAppendTimeMs(-1)
                .setLogStartOffset(-1);
    }

    /** Without an answer the only way to tell of a failure is to close the connection, which a failed future does. */
    private static CompletableFuture<ProduceResponseData> answerNothing(ProduceResponseData response) {
        for (TopicProduceResponse topic : response.responses()) {
            for (PartitionProduceResponse partition : topic.partitionResponses()) {
                if (partition.errorCode() != Errors.NONE.code()) {
                    return CompletableFuture.failedFuture(
                            Errors.forCode(partition.errorCode()).exception(partition.errorMessage()));
                }
            }
        }
        return CompletableFuture.completedFuture(null);
    }
}
