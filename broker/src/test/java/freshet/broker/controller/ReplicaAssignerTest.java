package freshet.broker.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.junit.jupiter.api.Test;

class ReplicaAssignerTest {

    private static List<Integer> brokers(int count) {
        return IntStream.range(10, 10 + count).boxed().toList();
    }

    @Property(tries = 300)
    void replicasDifferAndLeadersAreSpreadEvenly(
            @ForAll @IntRange(min = 1, max = 9) int brokers,
            @ForAll @IntRange(min = 1, max = 60) int partitions,
            @ForAll @IntRange(min = 1, max = 9) int replicas,
            @ForAll int start) {
        if (replicas > brokers) {
            return;
        }
        List<List<Integer>> assignment = ReplicaAssigner.assign(brokers(brokers), partitions, replicas, 0, start);

        assertThat(assignment)
                .hasSize(partitions)
                .allSatisfy(
                        ids -> assertThat(new HashSet<>(ids)).hasSize(replicas).isSubsetOf(brokers(brokers)));
        Map<Integer, Integer> led = new HashMap<>();
        assignment.forEach(ids -> led.merge(ids.get(0), 1, Integer::sum));
        int least = led.size() < brokers ? 0 : Collections.min(led.values());
        assertThat(Collections.max(led.values()) - least).isLessThanOrEqualTo(1);
    }

    @Test
    void partitionsAddedLaterGoWhereTheyWouldHaveGoneAtOnce() {
        List<List<Integer>> all = ReplicaAssigner.assign(brokers(4), 10, 2, 0, 3);
        assertThat(ReplicaAssigner.assign(brokers(4), 6, 2, 4, 3)).isEqualTo(all.subList(4, 10));
    }

    @Test
    void moreReplicasThanBrokersAreRefused() {
        assertThatThrownBy(() -> ReplicaAssigner.assign(brokers(2), 1, 3, 0, 0))
                .isInstanceOf(InvalidReplicationFactorException.class)
                .hasMessageContaining("2 are up");
    }
}
