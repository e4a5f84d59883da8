package freshet.broker.coordinator.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.broker.coordinator.group.GroupMetadata.MemberMetadata;
import freshet.broker.coordinator.group.GroupRecord.GenerationRecord;
import freshet.broker.coordinator.group.GroupRecord.OffsetRecord;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class GroupRecordCodecTest {
    private static final GroupRecordCodec CODEC = new GroupRecordCodec();
    private static final HexFormat HEX = HexFormat.of();

    @Property(tries = 200)
    void offsetsComeBack(
            @ForAll @StringLength(min = 1, max = 50) String group,
            @ForAll @StringLength(max = 300) String metadata,
            @ForAll long offset,
            @ForAll int epoch,
            @ForAll boolean known) {
        Uuid topicId = known ? Uuid.randomUuid() : Uuid.ZERO_UUID;
        comesBack(new OffsetRecord(group, "posts", 3, new CommittedOffset(offset, epoch, metadata, 5, -1, topicId)));
    }

    @Test
    void anExplicitExpiryComesBack() {
        comesBack(new OffsetRecord("g", "t", 0, new CommittedOffset(1, -1, "m", 5, 9, Uuid.ZERO_UUID)));
    }

    @Test
    void generationsComeBack() {
        MemberMetadata dynamic = new MemberMetadata("m", null, "c", "/h", 1, 2, new byte[] {1}, new byte[] {2, 3});
        MemberMetadata fixed = new MemberMetadata("n", "i", "c", "/h", 1, 2, new byte[0], new byte[0]);

        comesBack(
                new GenerationRecord("g", new GroupMetadata("consumer", 4, "range", "m", 7, List.of(dynamic, fixed))));
        comesBack(new GenerationRecord("g", new GroupMetadata("consumer", 5, null, null, 7, List.of())));
    }

    @Test
    void tombstonesComeBack() {
        comesBack(new OffsetRecord("g", "t", 1, null));
        comesBack(new GenerationRecord("g", null));
    }

    private static void comesBack(GroupRecord record) {
        byte[] value = CODEC.value(record);
        assertThat(CODEC.read(ByteBuffer.wrap(CODEC.key(record)), value == null ? null : ByteBuffer.wrap(value)))
                .contains(record);
    }

    @Test
    void keysAreLaidOutAsKafkaLaysThemOut() {
        assertThat(HEX.formatHex(CODEC.key(new OffsetRecord("g", "to", 258, null))))
                .isEqualTo("0001" + "0001" + "67" + "0002" + "746f" + "00000102");
        assertThat(HEX.formatHex(CODEC.key(new GenerationRecord("g", null)))).isEqualTo("0002" + "0001" + "67");
    }

    /** Version 3 as Apache Kafka 4 writes it: offset, leader epoch, metadata, commit time. */
    @Test
    void anOffsetThatKafkaWroteIsRead() {
        byte[] key = HEX.parseHex("0001" + "0001" + "67" + "0001" + "74" + "00000000");
        byte[] value = HEX.parseHex("0003" + "000000000000002a" + "00000005" + "0001" + "6d" + "00000000000003e8");

        assertThat(CODEC.read(ByteBuffer.wrap(key), ByteBuffer.wrap(value)))
                .contains(new OffsetRecord("g", "t", 0, new CommittedOffset(42, 5, "m", 1000, -1, Uuid.ZERO_UUID)));
    }

    @Test
    void recordsOfNewerGroupProtocolsAreSkipped() {
        assertThat(CODEC.read(ByteBuffer.wrap(HEX.parseHex("0003" + "0001" + "67")), null))
                .isEmpty();
    }

    @Test
    void aRecordThatEndsTooEarlyIsSaidToDoSo() {
        byte[] value = HEX.parseHex("0003" + "0008" + "636f");
        byte[] key = HEX.parseHex("0002" + "0001" + "67");

        assertThatThrownBy(() -> CODEC.read(ByteBuffer.wrap(key), ByteBuffer.wrap(value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too early");
    }

    @Test
    void aHugeLengthCostsNoMemory() {
        byte[] value = HEX.parseHex("0003" + "0000" + "00000001" + "ffff" + "ffff" + "0000000000000000" + "7fffffff");
        byte[] key = HEX.parseHex("0002" + "0001" + "67");

        assertThatThrownBy(() -> CODEC.read(ByteBuffer.wrap(key), ByteBuffer.wrap(value)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
