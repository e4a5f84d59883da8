package freshet.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import freshet.dashboard.http.HttpConfig;
import freshet.storage.sql.HistoryConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** A dashboard over a cluster in memory, and a client of it. */
public final class RunningDashboard implements AutoCloseable {

    public final FakeCluster cluster = new FakeCluster();
    public final Map<String, Health> others = new TreeMap<>();
    private final Dashboard dashboard;
    private final HttpClient client = HttpClient.newHttpClient();

    public RunningDashboard(Path folder) throws IOException {
        this(folder, HttpConfig.of("127.0.0.1", 0));
    }

    public RunningDashboard(Path folder, HttpConfig http) throws IOException {
        dashboard = new Dashboard(
                new DashboardConfig(http, "unused", HistoryConfig.of(folder.resolve("history.db")), Map.of()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                () -> others,
                Clock.systemUTC(),
                () -> cluster,
                Duration.ofMillis(50),
                Duration.ofMillis(300));
        dashboard.start();
    }

    public int port() {
        return dashboard.port();
    }

    public boolean ready() {
        return dashboard.ready();
    }

    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(10));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(get(path).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads server-sent events. */
    public SseClient live(String query, String... headers) throws IOException {
        return new SseClient(port(), "/api/live?" + query, headers);
    }

    public static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        dashboard.close();
    }
}
