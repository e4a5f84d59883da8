package freshet.ingest.source.twitter4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What Twitter's guide "Connecting to a streaming endpoint" asked of clients. */
class BackoffTest {

    private final Backoff backoff = new Backoff();

    private LongStream waits(int status, int times) {
        return IntStream.range(0, times).mapToLong(i -> backoff.next(status));
    }

    @Test
    void networkErrorsBackOffLinearlyUpTo16Seconds() {
        assertThat(waits(-1, 4)).containsExactly(250L, 500L, 750L, 1000L);
        assertThat(waits(-1, 100).max()).hasValue(16_000);
    }

    @Test
    void httpErrorsBackOffExponentiallyUpTo320Seconds() {
        assertThat(waits(503, 9))
                .containsExactly(5_000L, 10_000L, 20_000L, 40_000L, 80_000L, 160_000L, 320_000L, 320_000L, 320_000L);
    }

    @Test
    void tooManyConnectionsBackOffFromAMinute() {
        assertThat(waits(420, 4)).containsExactly(60_000L, 120_000L, 240_000L, 480_000L);
    }

    @Test
    void anotherCauseOrAGoodConnectionBeginsAnew() {
        backoff.next(503);
        backoff.next(503);
        assertThat(backoff.next(-1)).isEqualTo(250);
        assertThat(backoff.next(503)).isEqualTo(5_000);
        backoff.reset();
        assertThat(backoff.next(503)).isEqualTo(5_000);
    }
}
