package freshet.ingest.source.twitter4j;

import twitter4j.Dispatcher;
import twitter4j.conf.Configuration;

/**
 * Runs each task at once, on the thread that brings it. The library's own hands tasks to a pool with an unbounded queue;
 * with this one, a listener that blocks blocks the reader, and TCP tells the server. Public, since the library makes it by
 * name.
 */
public final class CallerDispatcher implements Dispatcher {

    /** Called by the library. */
    public CallerDispatcher(Configuration configuration) {
        java.util.Objects.requireNonNull(configuration);
    }

    @Override
    public void invokeLater(Runnable task) {
        task.run();
    }

    @Override
    public void shutdown() {}
}
