package freshet.broker.metadata.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.broker.metadata.BrokerImage;
import freshet.broker.metadata.zookeeper.Codec.PartitionState;
import freshet.broker.metadata.zookeeper.Codec.TopicHeader;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class CodecTest {

    @Property(tries = 100)
    void aTopicReadsAsItWasWritten(
            @ForAll long high, @ForAll long low, @ForAll int partitions, @ForAll Map<String, String> configs) {
        TopicHeader header = new TopicHeader(new Uuid(high, low), partitions, configs);
        assertThat(Codec.topic(Codec.topic(header))).isEqualTo(header);
    }

    @Property(tries = 100)
    void assignmentsAndStatesReadAsTheyWereWritten(@ForAll @Size(max = 20) List<@Size(max = 5) List<Integer>> ids) {
        assertThat(Codec.assignment(Codec.assignment(ids))).isEqualTo(ids);
        List<PartitionState> states = ids.stream()
                .map(isr -> new PartitionState(isr.size(), 7, 9, isr))
                .toList();
        assertThat(Codec.state(Codec.state(states))).isEqualTo(states);
    }

    @Test
    void aBrokerReadsAsItWasWritten() {
        BrokerImage broker = new BrokerImage(
                3, Uuid.randomUuid(), Map.of("PLAINTEXT", new BrokerImage.Endpoint("localhost", 9092)), "r1");
        assertThat(Codec.broker(3, Codec.broker(broker))).isEqualTo(broker);
    }

    @Test
    void aShardOfFullSizeFitsIntoAZnode() {
        List<PartitionState> states = java.util.Collections.nCopies(
                TopicNodes.SHARD_PARTITIONS, new PartitionState(1, 2, 3, List.of(1, 2, 3)));
        assertThat(Codec.state(states)).hasSizeLessThan(1 << 20);
    }

    @Test
    void aNewerFormatSaysSo() {
        assertThatThrownBy(() -> Codec.topic(new byte[] {9})).hasMessageContaining("newer Freshet");
    }
}
