package freshet.broker.handlers;

import freshet.broker.partition.Partition;
import freshet.broker.partition.Partitions;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how much space partitions take, and how much is left. */
public final class DescribeLogDirsHandler implements RequestHandler<DescribeLogDirsRequestData> {

    private static final Logger LOG = LoggerFactory.getLogger(DescribeLogDirsHandler.class);
    private static final short VOLUME_FROM = 4;

    private final Path directory;
    private final Partitions partitions;

    public DescribeLogDirsHandler(Path directory, Partitions partitions) {
        this.directory = directory;
        this.partitions = partitions;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_LOG_DIRS;
    }

    @Override
    public CompletableFuture<DescribeLogDirsResponseData> handle(
            RequestContext context, DescribeLogDirsRequestData request) {
        Map<String, DescribeLogDirsTopic> topics = new TreeMap<>();
        for (Partition partition : partitions.all()) {
            String topic = partition.id().topic();
            int index = partition.id().partition();
            if (wanted(request, topic, index)) {
                topics.computeIfAbsent(topic, name -> new DescribeLogDirsTopic().setName(name))
                        .partitions()
                        .add(new DescribeLogDirsPartition()
                                .setPartitionIndex(index)
                                .setPartitionSize(partition.sizeInBytes()));
            }
        }
        DescribeLogDirsResult result =
                new DescribeLogDirsResult().setLogDir(directory.toAbsolutePath().toString());
        result.topics().addAll(topics.values());
        if (context.apiVersion() >= VOLUME_FROM) {
            try {
                FileStore store = Files.getFileStore(directory);
                result.setTotalBytes(store.getTotalSpace()).setUsableBytes(store.getUsableSpace());
            } catch (IOException e) {
                LOG.warn("Cannot find the size of the volume of {}: {}", directory, e.toString());
            }
        }
        DescribeLogDirsResponseData response = new DescribeLogDirsResponseData();
        response.results().add(result);
        return CompletableFuture.completedFuture(response);
    }

    private static boolean wanted(DescribeLogDirsRequestData request, String topic, int index) {
        if (request.topics() == null) {
            return true;
        }
        DescribableLogDirTopic found = request.topics().find(topic);
        return found != null && found.partitions().contains(index);
    }
}
