package freshet.broker.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResponseQueueTest {

    private final List<Object> written = new ArrayList<>();
    private final ResponseQueue queue = new ResponseQueue(written::addAll);

    @Property(tries = 100)
    void answersLeaveInTheOrderOfRequestsWhateverTheOrderTheyComeIn(
            @ForAll @IntRange(min = 1, max = 50) int count, @ForAll long seed) {
        List<Object> out = new ArrayList<>();
        ResponseQueue shuffled = new ResponseQueue(out::addAll);
        List<ResponseQueue.Slot> slots = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slots.add(shuffled.open());
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));

        order.forEach(i -> shuffled.fill(slots.get(i), List.of(i)));

        List<Object> expected = new ArrayList<>(order);
        Collections.sort((List<Integer>) (List<?>) expected);
        assertThat(out).isEqualTo(expected);
        assertThat(shuffled.size()).isZero();
    }

    @Test
    void aRequestWithoutAnswerHoldsUpOnlyUntilItIsDone() {
        ResponseQueue.Slot silent = queue.open();
        ResponseQueue.Slot next = queue.open();
        queue.fill(next, List.of("next"));
        assertThat(written).isEmpty();

        queue.fill(silent, List.of());

        assertThat(written).containsExactly("next");
    }

    @Test
    void clearingLetsGoOfBuffersThatWaited() {
        queue.open();
        ByteBuf buffer = Unpooled.buffer();
        queue.fill(queue.open(), List.of(buffer));

        queue.clear();

        assertThat(buffer.refCnt()).isZero();
        assertThat(queue.size()).isZero();
    }
}
