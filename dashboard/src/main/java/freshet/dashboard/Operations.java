package freshet.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import freshet.dashboard.http.Answer;
import freshet.dashboard.http.HttpProblem;
import freshet.dashboard.http.Response;
import freshet.dashboard.http.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code /healthz} and {@code /metrics}. */
final class Operations {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MeterRegistry meters;
    private final Supplier<Map<String, Health>> health;

    Operations(MeterRegistry meters, Supplier<Map<String, Health>> health) {
        this.meters = meters;
        this.health = health;
    }

    List<Route> routes() {
        return List.of(
                new Route("/healthz", null, true, request -> healthz()),
                new Route("/metrics", null, true, request -> metrics()));
    }

    private Answer healthz() {
        Map<String, Health> all = health.get();
        boolean ready = all.values().stream().allMatch(Health::ready);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", ready ? "ok" : "not ready");
        json.put("stages", all);
        try {
            return Response.of(
                    ready ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE,
                    Response.JSON,
                    JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer metrics() throws HttpProblem {
        if (!(meters instanceof PrometheusMeterRegistry prometheus)) {
            throw HttpProblem.notFound("this process keeps no Prometheus metrics");
        }
        return Response.of(
                HttpResponseStatus.OK,
                "text/plain; version=0.0.4; charset=utf-8",
                prometheus.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
