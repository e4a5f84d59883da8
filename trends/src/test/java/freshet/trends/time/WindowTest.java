package freshet.trends.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Window WINDOW = Window.parse("10m/10s");

    @Test
    void isReadFromSizeAndSlide() {
        assertThat(Window.parse("1m/1s")).isEqualTo(new Window("1m", 60_000, 1_000));
        assertThat(Windows.parse("1m/1s, 10m/10s,1h/1m").longest()).isEqualTo(3_600_000);
        assertThat(Windows.parse("1m/4s,10m/10s").pane()).isEqualTo(2_000);
    }

    @Test
    void aMistakeIsToldInALine() {
        assertThatThrownBy(() -> Window.parse("10m"))
                .hasMessageContaining("SIZE/SLIDE")
                .hasMessageContaining("\"10m\"");
        assertThatThrownBy(() -> Window.parse("10q/1s")).hasMessageContaining("\"10q\"");
        assertThatThrownBy(() -> Window.parse("1m/7s")).hasMessageContaining("multiple");
        assertThatThrownBy(() -> Windows.parse("1m/1s,1m/2s")).hasMessageContaining("two windows are named 1m");
        assertThatThrownBy(() -> Window.parse("30d/1s")).hasMessageContaining("longer slide");
    }

    @Property
    void aTimeIsHeldFromItsFirstEndToTheOneWithoutIt(
            @ForAll @LongRange(min = -100_000_000_000L, max = 4_000_000_000_000L) long time) {
        long first = WINDOW.endAfter(time);
        long without = WINDOW.endWithout(time);

        assertThat(holds(first, time)).isTrue();
        assertThat(holds(first - WINDOW.slide(), time)).isFalse();
        assertThat(holds(without - WINDOW.slide(), time)).isTrue();
        assertThat(holds(without, time)).isFalse();
        assertThat(first % WINDOW.slide()).isZero();
    }

    private static boolean holds(long end, long time) {
        return time >= end - WINDOW.size() && time < end;
    }

    @Property
    void everyTimeIsInOneTumblingWindow(@ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long time) {
        long end = WINDOW.tumblingEndAfter(time);

        assertThat(WINDOW.isTumblingEnd(end)).isTrue();
        assertThat(holds(end, time)).isTrue();
    }
}
