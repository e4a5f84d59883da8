package freshet.broker.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class HighWatermarkTest {
    @Test
    void itNeverGoesBackExceptWhenTheLogIsCut() {
        HighWatermark mark = new HighWatermark(5);
        mark.advanceTo(3);
        assertThat(mark.get()).isEqualTo(5);
        mark.cutTo(4);
        assertThat(mark.get()).isEqualTo(4);
        mark.cutTo(9);
        assertThat(mark.get()).isEqualTo(4);
    }

    @Test
    void onlyThoseAreRunWhomTheMarkHasPassed() {
        HighWatermark mark = new HighWatermark(0);
        int[] calls = new int[2];
        mark.whenAbove(0, () -> calls[0]++);
        mark.whenAbove(5, () -> calls[1]++);
        mark.advanceTo(5);
        assertThat(calls).containsExactly(1, 0);
        mark.advanceTo(6);
        assertThat(calls).containsExactly(1, 1);
    }

    @Test
    void aWaiterMayWaitAgainFromItsAction() {
        HighWatermark mark = new HighWatermark(0);
        AtomicLong seen = new AtomicLong();
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            seen.set(mark.get());
            mark.whenAbove(mark.get(), again[0]);
        };
        mark.whenAbove(0, again[0]);
        mark.advanceTo(1);
        mark.advanceTo(2);
        assertThat(seen).hasValue(2);
    }

    /** One thread moves the mark step by step, the other waits for each step: one lost wake-up and it hangs. */
    @RepeatedTest(20)
    void noMoveIsMissed() throws InterruptedException {
        int steps = 2_000;
        HighWatermark mark = new HighWatermark(0);
        CountDownLatch done = new CountDownLatch(1);
        Runnable[] wait = new Runnable[1];
        wait[0] = () -> {
            if (mark.get() == steps) {
                done.countDown();
            } else {
                mark.whenAbove(mark.get(), wait[0]);
            }
        };
        Thread mover = new Thread(() -> {
            for (int i = 1; i <= steps; i++) {
                mark.advanceTo(i);
            }
        });
        mover.start();
        wait[0].run();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        mover.join();
    }
}
