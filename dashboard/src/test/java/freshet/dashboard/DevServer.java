package freshet.dashboard;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** For working on the page: the whole dashboard over synthetic trends. {@code DevServer PORT [SLIDES_PER_SECOND]}. */
public final class DevServer {

    private static final Instant FROM = Instant.parse("2026-11-24T09:00:00Z");
    private static final int PAST_MINUTES = 5 * 60;

    private DevServer() {}

    public static void main(String[] args) throws Exception {
        int perSecond = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        FakeCluster cluster = new FakeCluster();
        SyntheticTrends trends = new SyntheticTrends(cluster, "eclipse-day", 7, FROM, Duration.ofHours(7));
        for (int minute = 1; minute <= PAST_MINUTES; minute++) {
            publish(trends, FROM.plusSeconds(60L * minute), true);
        }
        DashboardConfig config = DashboardConfig.of(
                Integer.parseInt(args[0]),
                "unused",
                Files.createTempDirectory("freshet-dev").resolve("history.db"));
        Dashboard dashboard = new Dashboard(
                config,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Map::of,
                Clock.systemUTC(),
                () -> cluster,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5));
        dashboard.start();
        System.out.println("http://127.0.0.1:" + dashboard.port());
        Instant now = FROM.plusSeconds(60L * PAST_MINUTES);
        for (int i = 0; ; i++) {
            now = now.plusSeconds(10);
            publish(trends, now, i % 5 > 0);
            Thread.sleep(1000 / perSecond);
        }
    }

    private static void publish(SyntheticTrends trends, Instant now, boolean isFinal) {
        trends.publish("1m", Duration.ofMinutes(1), now, isFinal);
        trends.publish("10m", Duration.ofMinutes(10), now, isFinal);
        if (now.getEpochSecond() % 60 == 0) {
            trends.publish("1h", Duration.ofHours(1), now, isFinal);
        }
    }
}
