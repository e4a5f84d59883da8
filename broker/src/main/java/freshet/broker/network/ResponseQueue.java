package freshet.broker.network;

import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lets answers out in the order of their requests, whatever the order in which they come. Used on one event loop only.
 */
final class ResponseQueue {

    /** The place of one request's answer. */
    static final class Slot {
        private List<Object> answer;

        private boolean isReady() {
            return answer != null;
        }
    }

    private final Deque<Slot> slots = new ArrayDeque<>();
    private final Consumer<List<Object>> output;

    ResponseQueue(Consumer<List<Object>> output) {
        this.output = output;
    }

    int size() {
        return slots.size();
    }

    Slot open() {
        Slot slot = new Slot();
        slots.add(slot);
        return slot;
    }

    /** Fills a slot, then writes as many answers as are next in line. */
    void fill(Slot slot, List<Object> answer) {
        slot.answer = answer;
        while (!slots.isEmpty() && slots.peek().isReady()) {
            output.accept(slots.poll().answer);
        }
    }

    /** Drops everything, answers that wait for others included. */
    void clear() {
        slots.forEach(slot -> {
            if (slot.isReady()) {
                slot.answer.forEach(ReferenceCountUtil::release);
            }
        });
        slots.clear();
    }
}
