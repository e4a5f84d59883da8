/**
 * What the broker answers: one class per API key, each declaring the versions it speaks. {@code ApiVersions} answers
 * from the registry of handlers, so what is advertised is what exists. A new API is a new class here and one line in
 * the server's wiring, never a new {@code case}.
 *
 * <p>Handlers deal in the generated messages of kafka-clients and know nothing of frames or headers. They run on
 * request threads, never on an event loop; for one connection they start in the order of its requests. A handler that
 * has to wait (a long poll, a metadata change) returns a future and leaves the thread.
 *
 * <p>Nothing here is null unless the protocol says that the field is nullable.
 */
package freshet.broker.handlers;
