package freshet.ingest.source.twitter4j;

import freshet.ingest.source.Lines;
import freshet.ingest.source.Source;
import freshet.ingest.source.WallTime;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import twitter4j.conf.Configuration;
import twitter4j.conf.ConfigurationBuilder;

/**
 * {@code twitter4j:http://host:port[?track=…]}, the stream at that address; {@code twitter4j:} with nothing after it, the
 * one that {@code twitter4j.properties} describes. Credentials come from there too; an address alone does without, since
 * a mock checks only the form of the signature.
 */
public final class Twitter4jSource implements Source {

    private static final String PATH = "/1.1/";
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    static {
        // The library looks for SLF4J where that stood before its version 2, and else writes to standard output.
        if (System.getProperty("twitter4j.loggerFactory") == null) {
            System.setProperty("twitter4j.loggerFactory", "twitter4j.SLF4JLoggerFactory");
        }
    }

    private final String name;
    private final String feed;
    private final String baseUrl;
    private final boolean local;
    private final Query query;
    private final Kind kind;
    private final WallTime wall;

    /** @param rest what follows {@code twitter4j:} on the command line */
    public Twitter4jSource(String rest, WallTime wall) {
        this("twitter4j:" + rest, "stream", rest, Kind.FRESH, wall);
    }

    private Twitter4jSource(String name, String feed, String rest, Kind kind, WallTime wall) {
        this.name = name;
        this.feed = feed;
        this.kind = kind;
        this.wall = wall;
        if (rest.isBlank()) {
            baseUrl = null;
            local = false;
            query = Query.parse(null);
            return;
        }
        URI address = address(rest);
        String path = address.getPath();
        baseUrl = address.getScheme() + "://" + address.getAuthority()
                + (path.isEmpty() || path.equals("/") ? PATH : path.endsWith("/") ? path : path + "/");
        local = LOCAL.contains(address.getHost());
        query = Query.parse(address.getRawQuery());
    }

    /**
     * A feed that plays the same messages from the first on at each connection: after a break, those that came before are
     * passed over by number.
     *
     * @param name of the source
     * @param recording what stands before a message's number in its position
     */
    public static Twitter4jSource replayed(String name, String recording, URI address, WallTime wall) {
        return new Twitter4jSource(name, recording, address.toString(), Kind.RECORDING, wall);
    }

    private static URI address(String rest) {
        try {
            URI address = new URI(rest);
            if (address.getHost() != null
                    && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new IllegalArgumentException("\"" + rest + "\" is no address of a stream; write for example "
                + "twitter4j:http://localhost:8081 or twitter4j:http://localhost:8081?track=eclipse,moon%20landing");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public Lines open(long after) throws IOException {
        return new StreamedLines(configuration(), query, name, feed, kind == Kind.RECORDING, wall);
    }

    private Configuration configuration() throws IOException {
        ConfigurationBuilder builder = new ConfigurationBuilder();
        builder.setDispatcherImpl(CallerDispatcher.class.getName());
        Configuration found = new ConfigurationBuilder().build();
        boolean credentials = found.getOAuthConsumerKey() != null && found.getOAuthAccessToken() != null;
        if (baseUrl != null) {
            builder.setStreamBaseURL(baseUrl);
            // On the way to the same machine compression costs more than it saves.
            builder.setGZIPEnabled(!local);
            if (!credentials) {
                builder.setOAuthConsumerKey("freshet")
                        .setOAuthConsumerSecret("freshet")
                        .setOAuthAccessToken("1-freshet")
                        .setOAuthAccessTokenSecret("freshet");
            }
        } else if (!credentials) {
            throw new IOException("there are no credentials; put oauth.consumerKey, oauth.consumerSecret, "
                    + "oauth.accessToken and oauth.accessTokenSecret into twitter4j.properties, or name an address");
        }
        return builder.build();
    }
}
