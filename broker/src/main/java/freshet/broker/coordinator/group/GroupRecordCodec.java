package freshet.broker.coordinator.group;

import freshet.broker.coordinator.RecordCodec;
import freshet.broker.coordinator.group.GroupMetadata.MemberMetadata;
import freshet.broker.coordinator.group.GroupRecord.GenerationRecord;
import freshet.broker.coordinator.group.GroupRecord.OffsetRecord;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * The layout of records in {@code __consumer_offsets}, Kafka's own so that its tools read it: key and value begin with
 * an int16, in the key the kind of record (0 and 1 offset, 2 generation), in the value its version.
 *
 * <p>Offsets are written in version 4, the first flexible one: it has room for commit metadata beyond 32 KiB and for
 * the topic's id as tagged field 0. An explicit expiry exists in version 1 alone. Generations are written in version 3.
 * Read are all versions from 0 to 4; other kinds of record (newer group protocols) are skipped.
 *
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-915">KIP-915</a>
 */
public final class GroupRecordCodec implements RecordCodec<GroupRecord> {
    private static final short OFFSET_KEY = 1;
    private static final short GENERATION_KEY = 2;
    private static final short OFFSET_VALUE_EXPIRING = 1;
    private static final short OFFSET_VALUE = 4;
    private static final short GENERATION_VALUE = 3;
    private static final short FIRST_FLEXIBLE = 4;
    private static final int TOPIC_ID_TAG = 0;

    @Override
    public byte[] key(GroupRecord record) {
        if (record instanceof OffsetRecord offset) {
            return new RecordWriter(OFFSET_KEY)
                    .string(offset.group())
                    .string(offset.topic())
                    .int32(offset.partition())
                    .bytes();
        }
        return new RecordWriter(GENERATION_KEY).string(record.group()).bytes();
    }

    @Override
    public byte[] value(GroupRecord record) {
        if (record instanceof OffsetRecord offset) {
            return offset.value() == null ? null : value(offset.value());
        }
        GroupMetadata generation = ((GenerationRecord) record).value();
        return generation == null ? null : value(generation);
    }

    private static byte[] value(CommittedOffset offset) {
        if (offset.expireTimestamp() >= 0) {
            return new RecordWriter(OFFSET_VALUE_EXPIRING)
                    .int64(offset.offset())
                    .string(offset.metadata())
                    .int64(offset.commitTimestamp())
                    .int64(offset.expireTimestamp())
                    .bytes();
        }
        RecordWriter out = new RecordWriter(OFFSET_VALUE)
                .int64(offset.offset())
                .int32(offset.leaderEpoch())
                .compactString(offset.metadata())
                .int64(offset.commitTimestamp());
        if (offset.topicId().equals(Uuid.ZERO_UUID)) {
            return out.noTags().bytes();
        }
        return out.uuidTag(TOPIC_ID_TAG, offset.topicId()).bytes();
    }

    private static byte[] value(GroupMetadata generation) {
        RecordWriter out = new RecordWriter(GENERATION_VALUE)
                .string(generation.protocolType())
                .int32(generation.generation())
                .nullableString(generation.protocol())
                .nullableString(generation.leader())
                .int64(generation.stateTimestamp())
                .int32(generation.members().size());
        for (MemberMetadata member : generation.members()) {
            out.string(member.memberId())
                    .nullableString(member.groupInstanceId())
                    .string(member.clientId())
                    .string(member.clientHost())
                    .int32(member.rebalanceTimeoutMs())
                    .int32(member.sessionTimeoutMs())
                    .sizedBytes(member.subscription())
                    .sizedBytes(member.assignment());
        }
        return out.bytes();
    }

    @Override
    public Optional<GroupRecord> read(ByteBuffer key, ByteBuffer value) {
        try {
            RecordReader in = new RecordReader(key);
            short kind = in.int16();
            return switch (kind) {
                case 0, OFFSET_KEY ->
                    Optional.of(new OffsetRecord(
                            in.string(false), in.string(false), in.int32(), value == null ? null : offset(value)));
                case GENERATION_KEY ->
                    Optional.of(new GenerationRecord(in.string(false), value == null ? null : generation(value)));
                default -> Optional.empty();
            };
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("ends too early", e);
        }
    }

    private static CommittedOffset offset(ByteBuffer value) {
        RecordReader in = new RecordReader(value);
        short version = version(in);
        long offset = in.int64();
        int leaderEpoch = version >= 3 ? in.int32() : -1;
        String metadata = in.string(version >= FIRST_FLEXIBLE);
        long commitTimestamp = in.int64();
        long expireTimestamp = version == OFFSET_VALUE_EXPIRING ? in.int64() : -1;
        Uuid topicId = version >= FIRST_FLEXIBLE ? in.uuidTag(TOPIC_ID_TAG) : Uuid.ZERO_UUID;
        return new CommittedOffset(offset, leaderEpoch, metadata, commitTimestamp, expireTimestamp, topicId);
    }

    private static GroupMetadata generation(ByteBuffer value) {
        RecordReader in = new RecordReader(value);
        short version = version(in);
        boolean flexible = version >= FIRST_FLEXIBLE;
        String protocolType = in.string(flexible);
        int generation = in.int32();
        String protocol = in.nullableString(flexible);
        String leader = in.nullableString(flexible);
        long stateTimestamp = version >= 2 ? in.int64() : -1;
        int count = flexible ? in.unsignedVarint() - 1 : in.int32();
        List<MemberMetadata> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(member(in, version));
        }
        if (!members.isEmpty() && (protocol == null || leader == null)) {
            throw new IllegalArgumentException("a generation with members has no protocol or no leader");
        }
        return new GroupMetadata(protocolType, generation, protocol, leader, stateTimestamp, members);
    }

    private static MemberMetadata member(RecordReader in, short version) {
        boolean flexible = version >= FIRST_FLEXIBLE;
        String memberId = in.string(flexible);
        String instanceId = version >= 3 ? in.nullableString(flexible) : null;
        String clientId = in.string(flexible);
        String clientHost = in.string(flexible);
        int rebalanceTimeout = version >= 1 ? in.int32() : -1;
        int sessionTimeout = in.int32();
        byte[] subscription = in.bytes(flexible);
        byte[] assignment = in.bytes(flexible);
        if (flexible) {
            in.skipTags();
        }
        return new MemberMetadata(
                memberId,
                instanceId,
                clientId,
                clientHost,
                rebalanceTimeout < 0 ? sessionTimeout : rebalanceTimeout,
                sessionTimeout,
                subscription,
                assignment);
    }

    private static short version(RecordReader in) {
        short version = in.int16();
        if (version < 0 || version > 4) {
            throw new IllegalArgumentException("version " + version + " is not known");
        }
        return version;
    }
}
