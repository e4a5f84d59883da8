package freshet.dashboard.http;

import java.time.Duration;

/**
 * Settings of the server.
 *
 * @param host address to listen on; loopback unless told otherwise
 * @param port 0 for any free one
 * @param connectionsMax connections at a time, live readers included; further ones are closed at once
 * @param requestsPerSecond requests that one address may send per second, on average
 * @param burst requests that one address may send at once
 * @param idle how long a connection may be silent, but for live ones
 */
public record HttpConfig(String host, int port, int connectionsMax, int requestsPerSecond, int burst, Duration idle) {

    /** Longest request line, in bytes: a tag of 280 characters, escaped, fits. */
    static final int REQUEST_LINE_MAX = 8 * 1024;

    /** All headers together, in bytes. */
    static final int HEADERS_MAX = 16 * 1024;

    /** A body, in bytes: nothing here takes one, but a client may send a small one along. */
    static final int BODY_MAX = 8 * 1024;

    public HttpConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the dashboard's port is 0 to 65535, not " + port);
        }
        if (connectionsMax < 1 || requestsPerSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("the dashboard's limits are at least 1");
        }
    }

    public static HttpConfig of(String host, int port) {
        return new HttpConfig(host, port, 8192, 500, 3000, Duration.ofSeconds(60));
    }
}
