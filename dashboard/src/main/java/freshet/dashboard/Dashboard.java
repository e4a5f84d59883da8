package freshet.dashboard;

import freshet.dashboard.api.Api;
import freshet.dashboard.http.HttpServer;
import freshet.dashboard.http.Route;
import freshet.dashboard.live.LiveHub;
import freshet.dashboard.live.TrendsReader;
import freshet.dashboard.page.Pages;
import freshet.dashboard.posts.PostReader;
import freshet.storage.cache.CachedHistory;
import freshet.storage.feed.FeedKind;
import freshet.storage.feed.HistoryFeed;
import freshet.storage.sql.SqlDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dashboard, whole: history and what fills it, live hub, API, page. It starts without a broker and says so until
 * there is one.
 */
public final class Dashboard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(3);
    private static final Duration BEAT = Duration.ofSeconds(10);

    private final DashboardConfig config;
    private final MeterRegistry meters;
    private final Supplier<Map<String, Health>> otherStages;
    private final Clock clock;
    private final Supplier<Cluster> clusters;
    private final Duration lookAgain;
    private final Duration beat;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private HttpServer server;
    private LiveHub hub;
    private HistoryFeed rankings;
    private HistoryFeed retractions;

    /**
     * @param meters what {@code /metrics} shows, where it is a Prometheus registry
     * @param otherStages how the process's other stages are, for {@code /healthz}; by name
     */
    public Dashboard(DashboardConfig config, MeterRegistry meters, Supplier<Map<String, Health>> otherStages) {
        this(
                config,
                meters,
                otherStages,
                Clock.systemUTC(),
                () -> new KafkaCluster(config.bootstrapServers(), config.clientProperties()),
                LOOK_AGAIN,
                BEAT);
    }

    Dashboard(
            DashboardConfig config,
            MeterRegistry meters,
            Supplier<Map<String, Health>> otherStages,
            Clock clock,
            Supplier<Cluster> clusters,
            Duration lookAgain,
            Duration beat) {
        this.config = config;
        this.meters = meters;
        this.otherStages = otherStages;
        this.clock = clock;
        this.clusters = clusters;
        this.lookAgain = lookAgain;
        this.beat = beat;
    }

    /**
     * Starts listening.
     *
     * @throws IOException in one line: the port is in use, the history cannot be opened
     * @throws IllegalArgumentException in one line: a Kafka setting is wrong
     */
    public void start() throws IOException {
        try {
            startAll();
        } catch (KafkaException e) {
            close();
            throw new IllegalArgumentException(
                    "the dashboard's Kafka settings are wrong: " + deepest(e).getMessage(), e);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void startAll() throws IOException {
        SqlDatabase database = opened(SqlDatabase.open(config.history()));
        Cluster cluster = opened(clusters.get());
        CachedHistory history = new CachedHistory(database.history());
        PostReader posts = opened(new PostReader(() -> cluster.seekingConsumer("freshet-dashboard-posts")));
        hub = new LiveHub(clock, beat, meters);

        List<Route> routes = new ArrayList<>(new Api(history, hub, posts).routes());
        routes.addAll(new Operations(meters, this::health).routes());
        routes.addAll(new Pages().routes());
        server = opened(new HttpServer(config.http(), routes));
        server.start();
        meters.gauge("freshet.http.connections", server, HttpServer::connections);

        String group = "freshet-history-" + database.writer().id();
        rankings = opened(new HistoryFeed(
                FeedKind.RANKINGS,
                database.writer(),
                () -> cluster.groupConsumer(group),
                cluster.topics(),
                history::forget,
                (stream, time) -> {},
                lookAgain,
                meters));
        retractions = opened(new HistoryFeed(
                FeedKind.RETRACTIONS,
                database.writer(),
                () -> cluster.groupConsumer(
                        "freshet-retractions-" + database.writer().id()),
                cluster.topics(),
                posts::forget,
                hub::clock,
                lookAgain,
                meters));
        TrendsReader trends = opened(
                new TrendsReader(hub, () -> cluster.consumer("freshet-dashboard-live"), cluster.topics(), lookAgain));
        rankings.start();
        retractions.start();
        trends.start();
    }

    private <T extends AutoCloseable> T opened(T part) {
        started.push(part);
        return part;
    }

    private static Throwable deepest(Throwable e) {
        return e.getCause() == null ? e : deepest(e.getCause());
    }

    /** The port that it listens on, once started. */
    public int port() {
        return server.port();
    }

    /** Whether it listens and reads {@code trends}. */
    public boolean ready() {
        return server != null && hub.trouble().isEmpty();
    }

    private Map<String, Health> health() {
        Map<String, Health> all = new TreeMap<>(otherStages.get());
        all.put("dashboard.live", Health.of(hub.trouble()));
        all.put("dashboard.history", Health.of(rankings == null ? "starting" : rankings.trouble()));
        all.put("dashboard.retractions", Health.of(retractions == null ? "starting" : retractions.trouble()));
        return all;
    }

    /** Stops within seconds, last started first. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("stopping the dashboard: {}", e.toString());
            }
        }
    }
}
