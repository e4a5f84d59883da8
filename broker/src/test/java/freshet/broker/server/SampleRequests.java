package freshet.broker.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Requests as clients send them: for what is there, and for what isn't. */
final class SampleRequests {

    private final String topic;
    private final Uuid topicId;

    SampleRequests(String topic, Uuid topicId) {
        this.topic = topic;
        this.topicId = topicId;
    }

    static Uuid topicId(TestBroker broker, String topic) throws Exception {
        try (Admin admin = broker.admin()) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .topicId();
        }
    }

    /** At least one: where this class has none of its own, the empty one. */
    List<ApiMessage> of(ApiKeys key, short version) {
        return switch (key) {
            case API_VERSIONS ->
                List.of(new ApiVersionsRequestData()
                        .setClientSoftwareName("raw")
                        .setClientSoftwareVersion("1"));
            case PRODUCE -> List.of(produce(version), produceTo(version, "nowhere", Uuid.randomUuid(), 7));
            case FETCH -> List.of(fetch(version, topic, topicId, 0), fetch(version, "nowhere", Uuid.randomUuid(), 9));
            case LIST_OFFSETS -> listOffsets(version);
            case METADATA -> metadata(version);
            case FIND_COORDINATOR -> List.of(findCoordinator(version));
            case JOIN_GROUP -> List.of(joinGroup(version));
            case OFFSET_COMMIT -> List.of(offsetCommit(version));
            case OFFSET_FETCH -> List.of(offsetFetch(version));
            case DESCRIBE_GROUPS -> List.of(new DescribeGroupsRequestData().setGroups(List.of("g", "h")));
            case CREATE_TOPICS -> List.of(createTopic("made-" + version), createTopic("not/valid"));
            case DELETE_TOPICS -> List.of(deleteTopic(version));
            case CREATE_PARTITIONS -> List.of(createPartitions());
            case DELETE_RECORDS -> List.of(deleteRecords());
            case OFFSET_FOR_LEADER_EPOCH -> List.of(offsetForLeaderEpoch());
            case DESCRIBE_CONFIGS -> List.of(describeConfigs(version));
            case INCREMENTAL_ALTER_CONFIGS -> List.of(incrementalAlter());
            case ALTER_CONFIGS -> List.of(alter());
            case DESCRIBE_TOPIC_PARTITIONS -> List.of(describeTopicPartitions());
            case DESCRIBE_CLUSTER -> List.of(new DescribeClusterRequestData());
            default -> List.of(key.messageType.newRequest());
        };
    }

    ApiMessage produce(short version) {
        return produceTo(version, topic, topicId, 0);
    }

    private static ApiMessage produceTo(short version, String topic, Uuid id, int partition) {
        MemoryRecords records = MemoryRecords.withRecords(
                Compression.NONE, new SimpleRecord(1_000L, "k".getBytes(StandardCharsets.UTF_8), new byte[100]));
        ProduceRequestData.TopicProduceData data = new ProduceRequestData.TopicProduceData()
                .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                        .setIndex(partition)
                        .setRecords(records)));
        if (version >= 13) {
            data.setTopicId(id);
        } else {
            data.setName(topic);
        }
        ProduceRequestData request =
                new ProduceRequestData().setAcks((short) -1).setTimeoutMs(5_000);
        request.topicData().add(data);
        return request;
    }

    ApiMessage fetch(short version, String name, Uuid id, int partition) {
        FetchRequestData.FetchTopic wanted = new FetchRequestData.FetchTopic()
                .setPartitions(List.of(new FetchRequestData.FetchPartition()
                        .setPartition(partition)
                        .setFetchOffset(0)
                        .setPartitionMaxBytes(1 << 20)));
        if (version >= 13) {
            wanted.setTopicId(id == null ? topicId : id);
        } else {
            wanted.setTopic(name);
        }
        return new FetchRequestData()
                .setMaxWaitMs(10)
                .setMinBytes(1)
                .setMaxBytes(1 << 20)
                .setTopics(List.of(wanted));
    }

    private List<ApiMessage> listOffsets(short version) {
        return Stream.of(-1L, -2L, -3L, -4L, -5L, -6L, -7L, 0L, 5_000L, Long.MAX_VALUE)
                .<ApiMessage>map(time -> {
                    ListOffsetsRequestData.ListOffsetsPartition partition =
                            new ListOffsetsRequestData.ListOffsetsPartition()
                                    .setPartitionIndex(0)
                                    .setTimestamp(time);
                    return new ListOffsetsRequestData()
                            .setReplicaId(-1)
                            .setTopics(List.of(new ListOffsetsRequestData.ListOffsetsTopic()
                                    .setName(topic)
                                    .setPartitions(List.of(partition))));
                })
                .toList();
    }

    private List<ApiMessage> metadata(short version) {
        MetadataRequestData named = new MetadataRequestData()
                .setTopics(List.of(
                        new MetadataRequestData.MetadataRequestTopic().setName(topic),
                        new MetadataRequestData.MetadataRequestTopic().setName("bad/name"),
                        new MetadataRequestData.MetadataRequestTopic().setName("new-" + version)));
        MetadataRequestData none = new MetadataRequestData().setTopics(List.of());
        return version == 0 ? List.of(named, none) : List.of(named, none, new MetadataRequestData().setTopics(null));
    }

    private static ApiMessage findCoordinator(short version) {
        FindCoordinatorRequestData request = new FindCoordinatorRequestData();
        return version >= 4 ? request.setCoordinatorKeys(List.of("g", "h")) : request.setKey("g");
    }

    private static ApiMessage joinGroup(short version) {
        JoinGroupRequestData request = new JoinGroupRequestData()
                .setGroupId("joined-" + version)
                .setSessionTimeoutMs(10_000)
                .setProtocolType("consumer");
        if (version >= 1) {
            request.setRebalanceTimeoutMs(10_000);
        }
        request.protocols()
                .add(new JoinGroupRequestData.JoinGroupRequestProtocol()
                        .setName("range")
                        .setMetadata(new byte[] {1}));
        return request;
    }

    private ApiMessage offsetCommit(short version) {
        OffsetCommitRequestData.OffsetCommitRequestTopic committed =
                new OffsetCommitRequestData.OffsetCommitRequestTopic()
                        .setPartitions(List.of(new OffsetCommitRequestData.OffsetCommitRequestPartition()
                                .setPartitionIndex(0)
                                .setCommittedOffset(1)
                                .setCommittedMetadata("m")));
        if (version >= 10) {
            committed.setTopicId(topicId);
        } else {
            committed.setName(topic);
        }
        return new OffsetCommitRequestData().setGroupId("g").setTopics(List.of(committed));
    }

    private ApiMessage offsetFetch(short version) {
        if (version < 8) {
            return new OffsetFetchRequestData()
                    .setGroupId("g")
                    .setTopics(List.of(new OffsetFetchRequestData.OffsetFetchRequestTopic()
                            .setName(topic)
                            .setPartitionIndexes(List.of(0, 1))));
        }
        OffsetFetchRequestData.OffsetFetchRequestTopics wanted =
                new OffsetFetchRequestData.OffsetFetchRequestTopics().setPartitionIndexes(List.of(0, 1));
        if (version >= 10) {
            wanted.setTopicId(topicId);
        } else {
            wanted.setName(topic);
        }
        return new OffsetFetchRequestData()
                .setGroups(List.of(new OffsetFetchRequestData.OffsetFetchRequestGroup()
                        .setGroupId("g")
                        .setTopics(List.of(wanted))));
    }

    private static ApiMessage createTopic(String name) {
        CreateTopicsRequestData request = new CreateTopicsRequestData().setTimeoutMs(5_000);
        CreateTopicsRequestData.CreatableTopic wanted = new CreateTopicsRequestData.CreatableTopic()
                .setName(name)
                .setNumPartitions(1)
                .setReplicationFactor((short) 1);
        wanted.configs()
                .add(new CreateTopicsRequestData.CreatableTopicConfig()
                        .setName("retention.ms")
                        .setValue("-1"));
        request.topics().add(wanted);
        return request;
    }

    private static ApiMessage deleteTopic(short version) {
        DeleteTopicsRequestData request = new DeleteTopicsRequestData().setTimeoutMs(5_000);
        return version >= 6
                ? request.setTopics(List.of(
                        new DeleteTopicsRequestData.DeleteTopicState().setName("made-2"),
                        new DeleteTopicsRequestData.DeleteTopicState().setTopicId(Uuid.randomUuid())))
                : request.setTopicNames(List.of("nowhere"));
    }

    private ApiMessage createPartitions() {
        CreatePartitionsRequestData request =
                new CreatePartitionsRequestData().setTimeoutMs(5_000).setValidateOnly(true);
        request.topics()
                .add(new CreatePartitionsRequestData.CreatePartitionsTopic()
                        .setName(topic)
                        .setCount(5)
                        .setAssignments(null));
        return request;
    }

    private ApiMessage deleteRecords() {
        return new DeleteRecordsRequestData()
                .setTimeoutMs(5_000)
                .setTopics(List.of(new DeleteRecordsRequestData.DeleteRecordsTopic()
                        .setName(topic)
                        .setPartitions(List.of(new DeleteRecordsRequestData.DeleteRecordsPartition()
                                .setPartitionIndex(1)
                                .setOffset(-1)))));
    }

    private ApiMessage offsetForLeaderEpoch() {
        OffsetForLeaderEpochRequestData request = new OffsetForLeaderEpochRequestData();
        request.topics()
                .add(new OffsetForLeaderEpochRequestData.OffsetForLeaderTopic()
                        .setTopic(topic)
                        .setPartitions(List.of(new OffsetForLeaderEpochRequestData.OffsetForLeaderPartition()
                                .setPartition(0)
                                .setLeaderEpoch(0))));
        return request;
    }

    private ApiMessage describeConfigs(short version) {
        DescribeConfigsRequestData request = new DescribeConfigsRequestData()
                .setIncludeSynonyms(true)
                .setResources(List.of(
                        new DescribeConfigsRequestData.DescribeConfigsResource()
                                .setResourceType((byte) 2)
                                .setResourceName(topic)
                                .setConfigurationKeys(null),
                        new DescribeConfigsRequestData.DescribeConfigsResource()
                                .setResourceType((byte) 4)
                                .setResourceName("1")
                                .setConfigurationKeys(null)));
        return version >= 3 ? request.setIncludeDocumentation(true) : request;
    }

    private ApiMessage incrementalAlter() {
        IncrementalAlterConfigsRequestData.AlterConfigsResource resource =
                new IncrementalAlterConfigsRequestData.AlterConfigsResource()
                        .setResourceType((byte) 2)
                        .setResourceName(topic);
        resource.configs()
                .add(new IncrementalAlterConfigsRequestData.AlterableConfig()
                        .setName("retention.ms")
                        .setConfigOperation((byte) 0)
                        .setValue("1000000"));
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
        request.resources().add(resource);
        return request;
    }

    private ApiMessage alter() {
        AlterConfigsRequestData.AlterConfigsResource resource = new AlterConfigsRequestData.AlterConfigsResource()
                .setResourceType((byte) 2)
                .setResourceName(topic);
        resource.configs()
                .add(new AlterConfigsRequestData.AlterableConfig()
                        .setName("retention.ms")
                        .setValue("-1"));
        AlterConfigsRequestData request = new AlterConfigsRequestData();
        request.resources().add(resource);
        return request;
    }

    private ApiMessage describeTopicPartitions() {
        return new DescribeTopicPartitionsRequestData()
                .setResponsePartitionLimit(1)
                .setTopics(List.of(
                        new DescribeTopicPartitionsRequestData.TopicRequest().setName(topic),
                        new DescribeTopicPartitionsRequestData.TopicRequest().setName("nowhere")));
    }
}
