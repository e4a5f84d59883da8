package freshet.trends.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatermarksTest {

    private final Watermarks watermarks = new Watermarks(3);

    @Test
    void theSlowestHoldsBackAllAndTheSilentAtMinusInfinity() {
        watermarks.advance(0, 70);
        watermarks.advance(1, 50);
        assertThat(watermarks.all()).isEqualTo(Watermarks.UNKNOWN);
        watermarks.advance(2, 60);
        watermarks.advance(2, 10);
        assertThat(watermarks.all()).isEqualTo(50);
        assertThat(watermarks.furthest()).isEqualTo(70);
    }

    @Test
    void whoeverIsFurtherBehindThanAllowedOrSilentIsWaitedFor() {
        assertThat(watermarks.waitingFor(20, "posts")).isEqualTo("waiting for partitions of posts: 0/3");
        watermarks.advance(0, 70);
        watermarks.advance(1, 49);
        assertThat(watermarks.waitingFor(20, "posts")).isEqualTo("waiting for partitions of posts: 1/3");
        watermarks.advance(1, 50);
        assertThat(watermarks.waitingFor(20, "posts")).isEqualTo("waiting for partitions of posts: 2/3");
        watermarks.advance(2, 91);
        assertThat(watermarks.waitingFor(20, "posts")).isEqualTo("waiting for partitions of posts: 1/3");
        watermarks.advance(0, 71);
        watermarks.advance(1, 71);
        assertThat(watermarks.waitingFor(20, "posts")).isNull();
    }
}
