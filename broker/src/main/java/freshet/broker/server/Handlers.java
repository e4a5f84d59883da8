package freshet.broker.server;

import freshet.broker.config.BrokerConfig;
import freshet.broker.controller.TopicAdmin;
import freshet.broker.handlers.AlterConfigsHandler;
import freshet.broker.handlers.CreatePartitionsHandler;
import freshet.broker.handlers.CreateTopicsHandler;
import freshet.broker.handlers.DeleteRecordsHandler;
import freshet.broker.handlers.DeleteTopicsHandler;
import freshet.broker.handlers.DescribeClusterHandler;
import freshet.broker.handlers.DescribeConfigsHandler;
import freshet.broker.handlers.DescribeLogDirsHandler;
import freshet.broker.handlers.DescribeTopicPartitionsHandler;
import freshet.broker.handlers.FetchHandler;
import freshet.broker.handlers.IncrementalAlterConfigsHandler;
import freshet.broker.handlers.InitProducerIdHandler;
import freshet.broker.handlers.ListOffsetsHandler;
import freshet.broker.handlers.MetadataHandler;
import freshet.broker.handlers.OffsetForLeaderEpochHandler;
import freshet.broker.handlers.PageCache;
import freshet.broker.handlers.ProduceHandler;
import freshet.broker.handlers.RequestHandler;
import freshet.broker.metadata.MetadataStore;
import freshet.broker.partition.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Everything the broker answers; {@code ApiVersions}, which is made from this list, aside. */
final class Handlers {

    private Handlers() {}

    static List<RequestHandler<?>> all(
            BrokerConfig config,
            MetadataStore metadata,
            Partitions partitions,
            TopicAdmin topics,
            PageCache pageCache,
            Executor requestThreads,
            ScheduledExecutorService timer) {
        int brokerId = config.brokerId();
        List<RequestHandler<?>> handlers = new ArrayList<>();
        handlers.add(new ProduceHandler(brokerId, metadata, partitions));
        handlers.add(new FetchHandler(brokerId, metadata, partitions, pageCache, requestThreads, timer));
        handlers.add(new ListOffsetsHandler(brokerId, metadata, partitions));
        handlers.add(new MetadataHandler(metadata, topics, config.autoCreateTopics()));
        handlers.add(new CreateTopicsHandler(topics));
        handlers.add(new DeleteTopicsHandler(metadata, config.deleteTopicEnabled()));
        handlers.add(new CreatePartitionsHandler(topics));
        handlers.add(new DeleteRecordsHandler(brokerId, metadata, partitions));
        handlers.add(new OffsetForLeaderEpochHandler(brokerId, metadata, partitions));
        handlers.add(new DescribeConfigsHandler(config, metadata, topics));
        handlers.add(new IncrementalAlterConfigsHandler(topics));
        handlers.add(new AlterConfigsHandler(topics));
        handlers.add(new DescribeTopicPartitionsHandler(metadata));
        handlers.add(new DescribeLogDirsHandler(config.dataDir(), partitions));
        handlers.add(new InitProducerIdHandler(metadata));
        handlers.add(new DescribeClusterHandler(metadata));
        return handlers;
    }
}
