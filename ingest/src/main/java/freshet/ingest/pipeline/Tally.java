package freshet.ingest.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A counter that one thread increments and any thread reads; several are touched for each line, so none is locked. */
final class Tally {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Tally.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    void increment() {
        add(1);
    }

    void add(long more) {
        VALUE.setOpaque(this, value + more);
    }

    long sum() {
        return (long) VALUE.getOpaque(this);
    }
}
