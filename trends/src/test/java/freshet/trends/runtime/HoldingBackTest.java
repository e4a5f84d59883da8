package freshet.trends.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldingBackTest {

    private static final long NONE = Long.MIN_VALUE;
    private static final long NOON = 1_448_020_800_000L;
    private static final long DRIFT = 600_000;

    private final HoldingBack holdingBack = new HoldingBack(DRIFT);

    @Test
    void whoIsWithinTheDriftReadsOn() {
        assertThat(holdingBack.held(Map.of(0, NOON, 1, NOON + DRIFT), List.of(NOON, NOON + DRIFT)))
                .isEmpty();
    }

    @Test
    void whoRunsAheadOfABacklogWaits() {
        assertThat(holdingBack.held(Map.of(0, NOON, 1, NOON + DRIFT + 1), List.of(NOON)))
                .containsExactly(1);
    }

    @Test
    void theBacklogOfAnotherInstanceCountsAsWell() {
        assertThat(holdingBack.held(Map.of(1, NOON + DRIFT + 1), List.of(NOON))).containsExactly(1);
    }

    @Test
    void whoHasNothingToReadHoldsNobodyBackForLong() {
        assertThat(holdingBack.held(Map.of(0, NOON, 1, NOON + 10 * DRIFT), List.of()))
                .isEmpty();
        assertThat(holdingBack.held(Map.of(0, NOON, 1, NOON + 40 * DRIFT), List.of()))
                .containsExactly(1);
    }

    @Test
    void aBacklogWithoutATimeIsReadFirst() {
        assertThat(holdingBack.held(Map.of(0, NONE, 1, NOON), List.of(NONE, NOON)))
                .containsExactly(1);
    }

    @Test
    void aPartitionThatNeverToldATimeStandsWhereTheOthersBegan() {
        assertThat(holdingBack.held(Map.of(0, NONE, 1, NOON), List.of())).isEmpty();
        assertThat(holdingBack.held(Map.of(0, NONE, 1, NOON + 40 * DRIFT), List.of()))
                .containsExactly(1);
    }

    @Test
    void theSlowestIsNeverHeldBack() {
        assertThat(holdingBack.held(Map.of(0, NOON), List.of(NOON))).isEmpty();
        assertThat(holdingBack.held(Map.of(0, NONE), List.of(NONE))).isEmpty();
    }
}
