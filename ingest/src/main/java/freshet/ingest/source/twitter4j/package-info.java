/**
 * {@code twitter4j:}, Twitter's v1.1 stream, or anything that speaks it, through the unmodified twitter4j library. The
 * library connects, authenticates, decodes and splits lines; when to connect again, and what a line means, is decided
 * here and after: its own back-offs can't be tested, its parser hides the text of a bad line, and its dispatcher queues
 * without bound, so lines are handed over on the reader's own thread ({@link
 * freshet.ingest.source.twitter4j.CallerDispatcher}) and a full queue blocks the connection itself.
 */
package freshet.ingest.source.twitter4j;
