package freshet.dashboard.live;

import static freshet.dashboard.Samples.T0;
import static freshet.dashboard.Samples.ranking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import freshet.dashboard.RunningDashboard;
import freshet.dashboard.Samples;
import freshet.dashboard.SseClient;
import freshet.ingest.contract.PostCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /api/live} promises, a test for each sentence. */
class LiveTest {

    @TempDir
    Path folder;

    private RunningDashboard dashboard;
    private int published;

    @BeforeEach
    void start() throws IOException {
        dashboard = new RunningDashboard(folder);
    }

    @AfterEach
    void stop() {
        dashboard.close();
    }

    @Test
    void aReaderBeginsWithTheNewestRanking() throws IOException {
        publish(3);
        heard(2);

        try (SseClient client = dashboard.live("window=10m").read()) {
            await().until(() -> client.ids().equals(List.of(2L)));
        }
    }

    @Test
    void theAnswerIsAnEventStreamThatNoOneMayStore() throws IOException {
        try (SseClient client = dashboard.live("window=10m").read()) {
            await().until(() -> client.statuses().size() > 0);
            assertThat(client.head())
                    .contains(
                            "HTTP/1.1 200 OK",
                            "content-type: text/event-stream; charset=utf-8",
                            "cache-control: no-store")
                    .anyMatch(line -> line.startsWith("Content-Security-Policy: default-src 'self'"));
        }
    }

    @Test
    void aReaderWhoKeepsUpGetsEveryRankingInOrder() throws IOException {
        try (SseClient client = dashboard.live("window=10m").read()) {
            await().until(() -> client.statuses().size() > 0);
            for (int i = 0; i < 25; i++) {
                publish(1);
                int n = i;
                await().pollInterval(Duration.ofMillis(2))
                        .until(() -> client.ids().contains((long) n));
            }
            assertThat(client.ids()).isEqualTo(LongStream.range(0, 25).boxed().toList());
        }
    }

    @Test
    void aReaderWhoComesBackGetsWhatFollowedItsLastId() throws IOException {
        publish(12);
        heard(11);

        try (SseClient client =
                dashboard.live("window=10m", "Last-Event-ID", "6").read()) {
            await().until(() -> client.ids().contains(11L));
            assertThat(client.ids()).containsExactly(7L, 8L, 9L, 10L, 11L);
        }
    }

    @Test
    void aReaderWhoComesBackToNothingNewGetsNothing() throws IOException {
        publish(3);
        heard(2);

        try (SseClient client =
                dashboard.live("window=10m", "Last-Event-ID", "2").read()) {
            await().until(() -> client.statuses().size() > 2);
            assertThat(client.ids()).isEmpty();
        }
    }

    @Test
    void aReaderWhoWasAwayForLongGetsTheNewest() throws IOException {
        publish(100);
        heard(99);

        try (SseClient client =
                dashboard.live("window=10m", "Last-Event-ID", "3").read()) {
            await().until(() -> client.statuses().size() > 1);
            assertThat(client.ids()).containsExactly(99L);
        }
    }

    @Test
    void anIdThatIsNoneGetsTheNewest() throws IOException {
        publish(2);
        heard(1);

        try (SseClient client =
                dashboard.live("window=10m", "Last-Event-ID", "no'id").read()) {
            await().until(() -> client.ids().equals(List.of(1L)));
        }
    }

    @Test
    void aSleepingReaderWakesToTheNewestAndNotToABacklog() throws IOException {
        try (SseClient client = dashboard.live("window=10m")) {
            String big = "x".repeat(300_000);
            for (int i = 0; i < 60; i++) {
                publish(1, big + i);
            }
            heard(59);
            await().pollDelay(Duration.ofMillis(1500)).until(() -> true); // asleep for longer than slow
            client.read();

            await().atMost(Duration.ofSeconds(20)).until(() -> client.ids().contains(59L));
            assertThat(client.ids()).hasSizeLessThan(30);
        }
    }

    @Test
    void anEarlyRankingNeverReplacesAFinalOne() throws IOException {
        try (SseClient client = dashboard.live("window=10m").read()) {
            await().until(() -> client.statuses().size() > 0);
            append(ranking(T0, false, "a"));
            await().until(() -> client.ids().contains(0L));
            append(ranking(T0, true, "a"));
            append(ranking(T0, false, "a"));
            append(ranking(T0, true, "a"));
            append(ranking(T0.plusSeconds(10), false, "a"));
            await().until(() -> client.ids().contains(4L));
            assertThat(client.ids()).containsExactly(0L, 1L, 4L);
        }
    }

    @Test
    void anEarlyRankingDoesNotFollowAFinalThatABacklogPassedOver() throws IOException {
        try (SseClient client = dashboard.live("window=10m").read()) {
            await().until(() -> client.statuses().size() > 0);
            dashboard.cluster.down(true); // so that what follows comes in one batch
            await().until(() -> last(client).contains("\"source\":\"down\""));
            append(ranking(T0.plusSeconds(500), true, "final"));
            for (int i = 0; i < 40; i++) {
                append(ranking(T0.plusSeconds(10L * i), false, "early"));
            }
            dashboard.cluster.down(false);
            await().until(() -> last(client).contains("\"source\":\"up\""));
            append(ranking(T0.plusSeconds(510), false, "next"));

            await().until(() -> client.ids().contains(41L));
            assertThat(client.ids()).containsExactly(41L);
        }
    }

    @Test
    void aReaderHearsThatItIsConnectedAndWhenTheBrokerIsNot() throws IOException {
        try (SseClient client = dashboard.live("window=10m").read()) {
            await().until(() -> client.statuses().size() > 1 && last(client).contains("\"source\":\"up\""));
            dashboard.cluster.down(true);
            await().until(() -> last(client).contains("\"source\":\"down\""));
            dashboard.cluster.down(false);
            await().until(() -> last(client).contains("\"source\":\"up\""));
        }
    }

    @Test
    void aReaderHearsHowFarTheStreamHasComeThoughNothingTrends() throws IOException {
        try (SseClient client = dashboard.live("window=10m").read()) {
            dashboard.cluster.append("posts", 0, PostCodec.encode(Samples.post("1", "calm")));
            await().until(() -> last(client).contains("\"clock\":\"2026-11-24T14:30:00Z\""));
        }
    }

    @Test
    void aStreamThatStartsAfreshIsShownFromItsNewBeginning() throws IOException {
        publish(5);
        heard(4);
        dashboard.cluster.delete("trends");
        append(ranking(T0.minusSeconds(3600), true, "again"));

        try (SseClient client = dashboard.live("window=10m").read()) {
            await().until(() ->
                    client.rankings().stream().anyMatch(event -> event.data().contains("again")));
        }
    }

    @Test
    void boardsAreApart() throws IOException {
        publish(1);
        dashboard.cluster.append("eclipse.trends", 0, ranking(T0, true, "other"));

        try (SseClient client = dashboard.live("window=10m&stream=eclipse").read();
                SseClient none = dashboard.live("window=1h&stream=eclipse").read()) {
            await().until(() -> client.rankings().size() == 1 && none.statuses().size() > 1);
            assertThat(client.rankings().get(0).data()).contains("other");
            assertThat(none.rankings()).isEmpty();
        }
    }

    @Test
    void aRankingOfSeveralLinesIsOneEvent() throws IOException {
        byte[] pretty = new String(ranking(T0, true, "a"), StandardCharsets.UTF_8)
                .replace("\",\"", "\",\n\"")
                .getBytes(StandardCharsets.UTF_8);
        append(pretty);

        try (SseClient client = dashboard.live("window=10m").read()) {
            await().until(() -> client.rankings().size() == 1);
            assertThat(client.rankings().get(0).data()).isEqualTo(new String(pretty, StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsNoRankingIsPassedOver() throws IOException {
        append("nonsense".getBytes(StandardCharsets.UTF_8));
        append(null);
        append(ranking(T0, true, "a"));

        try (SseClient client = dashboard.live("window=10m").read()) {
            await().until(() -> client.ids().equals(List.of(2L)));
        }
    }

    @Test
    void aReaderThatLeavesIsForgotten() throws IOException {
        SseClient client = dashboard.live("window=10m").read();
        await().until(() -> metric("freshet_live_readers").equals("1.0"));

        client.close();

        await().until(() -> metric("freshet_live_readers").equals("0.0"));
    }

    private String metric(String name) {
        return dashboard
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    private static String last(SseClient client) {
        return client.statuses().get(client.statuses().size() - 1).data();
    }

    private void publish(int n) {
        for (int i = 0; i < n; i++) {
            publish(1, "tag" + published);
        }
    }

    private void publish(int n, String tag) {
        for (int i = 0; i < n; i++) {
            append(ranking(T0.plusSeconds(10L * published++), true, tag));
        }
    }

    private void append(byte[] value) {
        dashboard.cluster.append("trends", 0, value);
    }

    /** Waits until the hub has heard of the ranking of this offset. */
    private void heard(long offset) throws IOException {
        try (SseClient client = dashboard.live("window=10m").read()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> client.ids().contains(offset));
        }
    }
}
