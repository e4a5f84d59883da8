package freshet.storage.feed;

import freshet.ingest.contract.Stream;

/** Hears how far a stream has come: trends alone do not say so, since a slide without one is not published. */
@FunctionalInterface
public interface ClockListener {

    /** @param time a record's event time, milliseconds; not in order */
    void reached(Stream stream, long time);
}
