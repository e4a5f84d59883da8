package freshet.broker.handlers;

import freshet.broker.log.EpochEnd;
import freshet.broker.metadata.ClusterImage;
import freshet.broker.metadata.TopicImage;
import freshet.broker.partition.FetchData;
import freshet.broker.partition.Partition;
import freshet.broker.partition.ReadLimit;
import freshet.broker.partition.Wait;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.EpochEndOffset;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fetch request on its way: reads; if that was too little and there is time, waits for any of its partitions to get
 * more, and reads again. Its steps follow one another, on whichever request thread is free; {@code synchronized} makes
 * a wake-up, a time-out and the client's leaving meet in order.
 */
final class PendingFetch {

    private static final Logger LOG = LoggerFactory.getLogger(PendingFetch.class);
    private static final short TOPIC_IDS_FROM = 13;
    private static final short DIVERGENCE_FROM = 12;
    private static final byte READ_COMMITTED = 1;
    private static final int CONSUMER = -1;

    private final LocalPartitions partitions;
    private final PageCache pageCache;
    private final short version;
    private final FetchRequestData request;
    private final int maxBytes;
    private final ReadLimit limit;
    private final CompletableFuture<FetchResponseData> answer = new CompletableFuture<>();
    private final List<Wait> waits = new ArrayList<>();

    private Executor requestThreads;
    private Future<?> timeout;
    private boolean timedOut;
    private boolean woken;

    /** @param maxBytesCap the most that any client gets at once */
    PendingFetch(
            LocalPartitions partitions, PageCache pageCache, short version, FetchRequestData request, int maxBytesCap) {
        this.partitions = partitions;
        this.pageCache = pageCache;
        this.version = version;
        this.request = request;
        this.maxBytes = Math.max(0, Math.min(request.maxBytes(), maxBytesCap));
        int replicaId = version >= 15 ? request.replicaState().replicaId() : request.replicaId();
        this.limit = replicaId > CONSUMER
                ? ReadLimit.LOG_END
                : request.isolationLevel() == READ_COMMITTED ? ReadLimit.LAST_STABLE_OFFSET : ReadLimit.HIGH_WATERMARK;
    }

    /** What one reading found. */
    private final class Reading {
        final List<FetchableTopicResponse> topics = new ArrayList<>();
        final List<Partition> read = new ArrayList<>();
        final List<Long> highWatermarks = new ArrayList<>();
        long bytes;
        boolean failed;

        boolean isEnough() {
            return failed || bytes >= request.minBytes() || read.isEmpty();
        }
    }

    CompletableFuture<FetchResponseData> run(Executor executor, ScheduledExecutorService timer) {
        this.requestThreads = executor;
        Reading reading = read();
        if (reading.isEnough() || request.maxWaitMs() <= 0) {
            complete(reading);
            return answer;
        }
        synchronized (this) {
            timeout = timer.schedule(this::onTimeout, request.maxWaitMs(), TimeUnit.MILLISECONDS);
        }
        // Whatever ends the fetch, the client's going away included, nothing is left behind.
        answer.whenComplete((response, problem) -> {
            synchronized (this) {
                timeout.cancel(false);
                cancelWaits();
            }
        });
        await(reading);
        return answer;
    }

    private void await(Reading reading) {
        synchronized (this) {
            woken = timedOut;
            if (!woken) {
                for (int i = 0; i < reading.read.size() && !woken; i++) {
                    waits.add(reading.read.get(i).whenAbove(reading.highWatermarks.get(i), this::onNews));
                }
                if (!answer.isDone()) {
                    return;
                }
                cancelWaits();
                return;
            }
        }
        goOn();
    }

    private void onTimeout() {
        synchronized (this) {
            timedOut = true;
        }
        onNews();
    }

    /** On the thread of whoever wrote: only passes on. */
    private void onNews() {
        synchronized (this) {
            if (woken) {
                return;
            }
            woken = true;
        }
        try {
            requestThreads.execute(this::goOn);
        } catch (RejectedExecutionException e) {
            answer.cancel(false);
        }
    }

    private void goOn() {
        boolean last;
        synchronized (this) {
            cancelWaits();
            last = timedOut;
        }
        if (answer.isDone()) {
            return;
        }
        try {
            Reading reading = read();
            if (last || reading.isEnough()) {
                complete(reading);
            } else {
                await(reading);
            }
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private void cancelWaits() {
        waits.forEach(Wait::cancel);
        waits.clear();
    }

    private void complete(Reading reading) {
        answer.complete(new FetchResponseData().setResponses(reading.topics));
    }

    private Reading read() {
        ClusterImage image = partitions.image();
        Reading reading = new Reading();
        for (FetchTopic topic : request.topics()) {
            FetchableTopicResponse result =
                    new FetchableTopicResponse().setTopic(topic.topic()).setTopicId(topic.topicId());
            for (FetchPartition partition : topic.partitions()) {
                result.partitions().add(read(image, topic, partition, reading));
            }
            reading.topics.add(result);
        }
        return reading;
    }

    private PartitionData read(ClusterImage image, FetchTopic topic, FetchPartition wanted, Reading reading) {
        PartitionData result =
                new PartitionData().setPartitionIndex(wanted.partition()).setRecords(MemoryRecords.EMPTY);
        try {
            TopicImage found = version >= TOPIC_IDS_FROM
                    ? LocalPartitions.topic(image, topic.topicId())
                    : LocalPartitions.topic(image, topic.topic());
            Partition partition = partitions.led(found, wanted.partition(), wanted.currentLeaderEpoch());
            if (diverges(partition, wanted, result)) {
                reading.failed = true;
                return result;
            }
            int room = (int) Math.min(Math.max(0, wanted.partitionMaxBytes()), Math.max(0, maxBytes - reading.bytes));
            FetchData data = partition.read(wanted.fetchOffset(), room, reading.bytes == 0, limit);
            pageCache.load(data, room);
            reading.bytes += data.records().sizeInBytes();
            reading.read.add(partition);
            reading.highWatermarks.add(data.highWatermark());
            return result.setRecords(data.records())
                    .setHighWatermark(data.highWatermark())
                    .setLastStableOffset(data.lastStableOffset())
                    .setLogStartOffset(data.logStartOffset());
        } catch (ApiException e) {
            return fail(reading, result, e);
        } catch (RuntimeException e) {
            LOG.error("Cannot read {}-{}", topic.topic(), wanted.partition(), e);
            return fail(reading, result, e);
        }
    }

    /** Whether the client has read what isn't in our log: it is told where the two parted (KIP-595). */
    private boolean diverges(Partition partition, FetchPartition wanted, PartitionData result) {
        if (version < DIVERGENCE_FROM || wanted.lastFetchedEpoch() < 0) {
            return false;
        }
        EpochEnd end = partition.endOfLeaderEpoch(wanted.lastFetchedEpoch());
        boolean known = end.leaderEpoch() >= 0 && end.endOffset() >= 0;
        if (!known || (end.leaderEpoch() == wanted.lastFetchedEpoch() && end.endOffset() >= wanted.fetchOffset())) {
            return false;
        }
        result.setHighWatermark(partition.highWatermark())
                .setLastStableOffset(partition.lastStableOffset())
                .setLogStartOffset(partition.logStartOffset())
                .setDivergingEpoch(
                        new EpochEndOffset().setEpoch(end.leaderEpoch()).setEndOffset(end.endOffset()));
        return true;
    }

    private static PartitionData fail(Reading reading, PartitionData result, RuntimeException problem) {
        reading.failed = true;
        return result.setErrorCode(Errors.forException(problem).code())
                .setHighWatermark(-1)
                .setLastStableOffset(-1)
                .setLogStartOffset(-1);
    }
}
