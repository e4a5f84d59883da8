package freshet.datasets.generator;

/** Hears how far a recording has been made; called about once a minute of event time. */
@FunctionalInterface
public interface GeneratorProgress {

    GeneratorProgress NONE = (done, total) -> {};

    /**
     * @param doneMs event time made so far
     * @param totalMs event time to be made
     */
    void reached(long doneMs, long totalMs);
}
