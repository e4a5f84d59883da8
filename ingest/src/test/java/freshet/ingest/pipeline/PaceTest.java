package freshet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private final TestTime wall = new TestTime(0);

    @Test
    void aPostIsDueWhenItsTimeHasPassedSinceTheFirst() throws Exception {
        Pace pace = new Pace(new Speed(60), wall);
        pace.await(Play.T0);
        pace.await(Play.T0 + 60_000);
        assertThat(wall.millis()).isEqualTo(1000);
        pace.await(Play.T0 + 3_600_000);
        assertThat(wall.millis()).isEqualTo(60_000);
    }

    @Test
    void aSlowStretchIsCaughtUpWith() throws Exception {
        Pace pace = new Pace(Speed.REAL, wall);
        pace.await(Play.T0);
        wall.pass(5000);
        pace.await(Play.T0 + 3000);
        assertThat(wall.millis()).isEqualTo(5000);
        pace.await(Play.T0 + 6000);
        assertThat(wall.millis()).isEqualTo(6000);
    }

    @Test
    void oldPostsDoNotWait() throws Exception {
        Pace pace = new Pace(Speed.REAL, wall);
        pace.await(Play.T0);
        pace.await(0);
        assertThat(wall.slept).isZero();
    }

    @ParameterizedTest
    @CsvSource({"60x, 60", "60, 60", "0.5x, 0.5", "1X, 1"})
    void speedsAreFactors(String text, double factor) {
        assertThat(Speed.parse(text).factor()).isEqualTo(factor);
    }

    @Test
    void maxIsAsFastAsItGoes() {
        assertThat(Speed.parse("max").isMax()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "0x", "-1x", "60xx", "1e9"})
    void whatIsNoSpeedSaysSo(String text) {
        assertThatThrownBy(() -> Speed.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("speed \"" + text + "\" is none; give a factor such as 1x or 60x, or max");
    }
}
