package freshet.broker.controller;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.broker.metadata.PartitionImage;
import freshet.broker.metadata.TopicImage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class ControllerTest {

    private static List<PartitionImage> elections(PartitionImage partition, Set<Integer> up) {
        return Controller.elections(new TopicImage(Uuid.randomUuid(), "t", List.of(partition), Map.of()), up);
    }

    @Test
    void aPartitionWhoseLeaderIsUpStaysAsItIs() {
        assertThat(elections(new PartitionImage(0, List.of(1, 2), 1, 5, List.of(1, 2), 7), Set.of(1)))
                .isEmpty();
    }

    @Test
    void aReplicaInSyncTakesOverInTheNextEpoch() {
        assertThat(elections(new PartitionImage(0, List.of(1, 2, 3), 1, 5, List.of(1, 3), 7), Set.of(2, 3)))
                .containsExactly(new PartitionImage(0, List.of(1, 2, 3), 3, 6, List.of(3), 8));
    }

    @Test
    void aReplicaThatIsNotInSyncNeverDoes() {
        assertThat(elections(new PartitionImage(0, List.of(1, 2), 1, 5, List.of(1), 7), Set.of(2)))
                .containsExactly(new PartitionImage(0, List.of(1, 2), PartitionImage.NO_LEADER, 6, List.of(1), 8));
    }

    @Test
    void whoHasEverythingLeadsAgainWhenItIsBack() {
        PartitionImage orphan = new PartitionImage(0, List.of(1, 2), PartitionImage.NO_LEADER, 6, List.of(1), 8);
        assertThat(elections(orphan, Set.of(2))).isEmpty();
        assertThat(elections(orphan, Set.of(1, 2)))
                .containsExactly(new PartitionImage(0, List.of(1, 2), 1, 7, List.of(1), 9));
    }
}
