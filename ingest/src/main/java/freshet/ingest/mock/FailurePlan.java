package freshet.ingest.mock;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What becomes of the first connections, one after the other; all later ones are good. */
public final class FailurePlan {

    public static final FailurePlan NONE = new FailurePlan(List.of());

    private final List<Failure> failures;
    private final AtomicInteger next = new AtomicInteger();

    private FailurePlan(List<Failure> failures) {
        this.failures = failures;
    }

    /**
     * Reads a list such as {@code 503,420,stall@100,ok,cut@5}.
     *
     * @throws IllegalArgumentException with one line that says what may stand there
     */
    public static FailurePlan parse(String text) {
        return new FailurePlan(
                Arrays.stream(text.split(",")).map(Failure::parse).toList());
    }

    Failure next() {
        int n = next.get() < failures.size() ? next.getAndIncrement() : Integer.MAX_VALUE;
        return n < failures.size() ? failures.get(n) : Failure.NONE;
    }
}
