package freshet.broker.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogQuotaTest {

    private final AtomicLong now = new AtomicLong(-5);
    private final LogQuota quota = new LogQuota(now::get);

    @Test
    void fewLinesPassAndTheRestIsCountedByTheNextThatDoes() {
        IntStream.range(0, LogQuota.LINES).forEach(i -> assertThat(quota.take()).isEmpty());
        IntStream.range(0, 1234).forEach(i -> assertThat(quota.take()).isNull());

        now.addAndGet(TimeUnit.SECONDS.toNanos(LogQuota.SECONDS));

        assertThat(quota.take()).contains("1234");
        assertThat(quota.take()).isEmpty();
    }
}
