package freshet.app.embedded;

import freshet.ingest.mock.MockSource;
import freshet.ingest.source.Sources;
import freshet.ingest.source.WallTime;
import freshet.ingest.source.twitter4j.Twitter4jSource;

/** All kinds of sources, those too whose libraries whoever imports {@code ingest} need not have. */
public final class AllSources {

    private AllSources() {}

    public static Sources get() {
        Sources sources = new Sources();
        sources.register(new Sources.Kind(
                "twitter4j",
                "twitter4j:http://HOST:PORT[?track=…]",
                "a v1.1 stream, through the twitter4j library",
                rest -> new Twitter4jSource(rest, WallTime.SYSTEM)));
        sources.register(new Sources.Kind(
                "mock",
                "mock:PATH",
                "a recording by way of the mock feed and twitter4j",
                rest -> new MockSource(rest, WallTime.SYSTEM)));
        return sources;
    }
}
