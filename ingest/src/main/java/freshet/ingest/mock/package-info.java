/**
 * {@code mock:}, an HTTP server that speaks Twitter's v1.1 streaming protocol and plays a recording, so that a program
 * for Twitter's stream can be built and tried without Twitter. Each client has a play of its own, on a thread of its
 * own ({@link freshet.ingest.mock.ClientStream}); event loops only move bytes. Memory per client is bounded: a client
 * that falls behind the pace is disconnected, as Twitter did; where there is no pace, it sets its own.
 *
 * <p>Sources of the protocol: Twitter's guides "Connecting to a streaming endpoint", "Processing streaming data",
 * "Streaming message types" and "Basic stream parameters" (v1.1), and RFC 5849 for OAuth 1.0a.
 */
package freshet.ingest.mock;
