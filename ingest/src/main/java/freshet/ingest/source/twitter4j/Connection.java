package freshet.ingest.source.twitter4j;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import twitter4j.ConnectionLifeCycleListener;
import twitter4j.RawStreamListener;
import twitter4j.StatusAdapter;
import twitter4j.TwitterException;
import twitter4j.TwitterStream;
import twitter4j.TwitterStreamFactory;
import twitter4j.conf.Configuration;

/**
 * One attempt to connect and what it brings: lines, then one failure. The library's reader thread fills a bounded queue
 * and waits where that is full; one other thread takes. The library would connect again by itself, so the first failure
 * closes this connection for good and the one who takes decides.
 */
final class Connection implements RawStreamListener, ConnectionLifeCycleListener {

    private static final int QUEUE = 1024;
    private static final long LOOK_MILLIS = 100;

    /** What the queue holds: a line, or why there is none any more. */
    private sealed interface Event {
        record Text(String line) implements Event {}

        record Failure(Exception cause) implements Event {}
    }

    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE);
    private final TwitterStream stream;
    /** Hears of failed attempts, of which raw listeners aren't told; gone once connected, since for it lines are parsed. */
    private final StatusAdapter attempt = new StatusAdapter() {
        @Override
        public void onException(Exception e) {
            Connection.this.onException(e);
        }
    };

    private boolean failed;
    private volatile boolean closed;

    private Connection(Configuration configuration) {
        stream = new TwitterStreamFactory(configuration).getInstance();
    }

    static Connection open(Configuration configuration, Query query) {
        Connection connection = new Connection(configuration);
        connection.stream.addConnectionLifeCycleListener(connection);
        connection.stream.addListener(connection);
        connection.stream.addListener(connection.attempt);
        query.start(connection.stream);
        return connection;
    }

    /**
     * The next line, waiting for it.
     *
     * @throws Exception what ended the connection, as the library says it
     */
    String take() throws Exception {
        Event event = queue.take();
        if (event instanceof Event.Text text) {
            return text.line();
        }
        throw ((Event.Failure) event).cause();
    }

    @Override
    public void onMessage(String line) {
        put(new Event.Text(line));
    }

    @Override
    public void onException(Exception e) {
        if (failed) {
            return;
        }
        failed = true;
        put(new Event.Failure(e));
        close();
    }

    private void put(Event event) {
        try {
            while (!closed && !queue.offer(event, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                // full: the connection waits, and with it the server
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    @Override
    public void onConnect() {
        stream.removeListener(attempt);
    }

    @Override
    public void onDisconnect() {}

    /** The reader leaves; where it said nothing before, the taker must not wait for ever. */
    @Override
    public void onCleanUp() {
        if (!failed) {
            failed = true;
            put(new Event.Failure(new TwitterException("the connection was closed")));
        }
    }

    /** Returns at once: closing waits for the reader, which may wait for the server. */
    void close() {
        closed = true;
        Thread closing = new Thread(stream::shutdown, "twitter4j-close");
        closing.setDaemon(true);
        closing.start();
    }
}
