/**
 * A small HTTP/1.1 server: routes, limits, errors that say what was wrong. It knows nothing of trends.
 *
 * <p>A request passes, in this order: connection limit, size limits, rate limit of its address, method, route, handler.
 * Handlers that block run on workers and never on an event loop; while one is at work its connection is not read, so
 * that answers leave in the order of requests and a client that sends without reading costs nothing but its socket.
 */
package freshet.dashboard.http;
