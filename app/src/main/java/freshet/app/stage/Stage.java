package freshet.app.stage;

/** A part of the pipeline that runs until it is closed or fails. Closing drains: what was taken in is passed on. */
public interface Stage extends AutoCloseable {

    /** A name for health and log, e.g. {@code broker} or {@code trends demo}. */
    String name();

    /**
     * Starts it and returns once it runs.
     *
     * @throws Exception when it can't; the message is one whole sentence that says what to do
     */
    void start() throws Exception;

    Health health();

    /** Drains and stops, within seconds. Also called after a failed start. */
    @Override
    void close();
}
