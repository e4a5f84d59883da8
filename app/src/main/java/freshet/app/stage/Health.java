package freshet.app.stage;

/**
 * How a stage is.
 *
 * @param state in one word
 * @param detail what it waits for or why it failed, one line; empty where there is nothing to say
 */
public record Health(State state, String detail) {

    /** The one word. */
    public enum State {
        /** Runs, but waits for something before it can do its work. */
        STARTING,
        READY,
        /** Did all it had to do, like a recording that was read to its end. */
        DONE,
        /** Will not come back by itself. */
        FAILED
    }

    public static final Health READY = new Health(State.READY, "");

    public static Health starting(String detail) {
        return new Health(State.STARTING, detail);
    }

    public static Health done(String detail) {
        return new Health(State.DONE, detail);
    }

    public static Health failed(String detail) {
        return new Health(State.FAILED, detail);
    }
}
