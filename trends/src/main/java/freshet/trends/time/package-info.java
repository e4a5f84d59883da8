/**
 * The arithmetic of event time: where windows end and which of their ends hold a time, and how far a clock that hangs
 * on many partitions has come. Pure: no clock, no I/O.
 *
 * <p>A <b>window</b> of a size slides by its slide; the one that <b>ends</b> at E (a multiple of the slide since the
 * epoch, UTC) holds the times of {@code [E - size, E)}. The size is a multiple of the slide, so that both edges of every
 * window lie on one grid of <b>panes</b>. A <b>watermark</b> is the time before which no more is expected: a window
 * closes when it reaches the window's end. Times and lengths are milliseconds.
 */
package freshet.trends.time;
