package freshet.ingest.pipeline;

/** Decides whether a line's time can be believed; hands entries on in their order, decided. */
interface TimeCheck {

    /** Where decided entries go. */
    interface Sink {
        void accept(Entry entry) throws InterruptedException;
    }

    void offer(Entry entry, Sink sink) throws InterruptedException;

    /** No line follows: decides what still waits. */
    void end(Sink sink) throws InterruptedException;

    /** The check of a live stream: nothing is from further ahead of the wall clock than allowed. */
    static TimeCheck live(java.util.function.LongSupplier now, long allowedSkewMillis) {
        return new TimeCheck() {
            @Override
            public void offer(Entry entry, Sink sink) throws InterruptedException {
                if (entry.isDated() && entry.time() - now.getAsLong() > allowedSkewMillis) {
                    entry.reject("dated " + Durations.brief(entry.time() - now.getAsLong())
                            + " ahead of the clock; at most " + Durations.brief(allowedSkewMillis) + " is believed");
                }
                sink.accept(entry);
            }

            @Override
            public void end(Sink sink) {}
        };
    }
}
