package freshet.dashboard.api;

import static freshet.dashboard.RunningDashboard.escape;
import static freshet.dashboard.Samples.T0;
import static freshet.dashboard.Samples.post;
import static freshet.dashboard.Samples.ranking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import freshet.dashboard.Health;
import freshet.dashboard.RunningDashboard;
import freshet.ingest.contract.PostCodec;
import freshet.ingest.contract.Retraction;
import freshet.ingest.contract.TimeMarker;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {

    @TempDir
    Path folder;

    private RunningDashboard dashboard;

    @BeforeEach
    void start() throws IOException {
        dashboard = new RunningDashboard(folder);
    }

    @AfterEach
    void stop() {
        dashboard.close();
    }

    @Test
    void theRootListsWhatThereIs() {
        assertThat(dashboard.json("/api").at("/endpoints")).hasSizeGreaterThan(6);
    }

    @Test
    void withoutTrendsTheLiveStreamComesFirst() {
        assertThat(dashboard.json("/api/streams").at("/default").asText()).isEqualTo("live");
    }

    @Test
    void aReplayComesFirstWhereTheLiveStreamHasNoTrends() {
        dashboard.cluster.append("eclipse.trends", 0, ranking(T0, true, "a"));

        await().until(() ->
                dashboard.json("/api/streams").at("/default").asText().equals("eclipse"));

        dashboard.cluster.append("trends", 0, ranking(T0, true, "a"));
        await().until(() ->
                dashboard.json("/api/streams").at("/default").asText().equals("live"));
        assertThat(dashboard.json("/api/streams").at("/streams")).hasSize(2);
    }

    @Test
    void aReplayIsListedAndSeenFirstThoughNothingTrendsInIt() {
        dashboard.cluster.append("calm.posts", 0, PostCodec.encode(post("1", "a quiet day")));

        await().until(() ->
                dashboard.json("/api/streams").at("/default").asText().equals("calm"));
        assertThat(dashboard.json("/api/streams").at("/streams/0").toString())
                .isEqualTo("{\"name\":\"calm\",\"live\":false,\"first\":\"2026-11-24T14:30:00Z\","
                        + "\"last\":\"2026-11-24T14:30:00Z\",\"windows\":[],\"scopes\":[]}");
    }

    @Test
    void theNewestRankingMayBeEarlyAndThePastIsFinal() {
        dashboard.cluster.append("trends", 0, ranking(T0, true, "a"));
        dashboard.cluster.append("trends", 0, ranking(T0.plusSeconds(10), false, "b"));

        await().until(() -> dashboard.get("/api/ranking").body().contains("\"b\""));
        await().until(() ->
                dashboard.get("/api/ranking?at=" + T0.plusSeconds(10)).statusCode() == 200);
        assertThat(dashboard
                        .json("/api/ranking?at=" + T0.plusSeconds(10))
                        .at("/trends/0/display")
                        .asText())
                .isEqualTo("a");
    }

    @Test
    void thePastIsPlayedForward() {
        for (int minute = 0; minute < 3; minute++) {
            dashboard.cluster.append("trends", 0, ranking(T0.plusSeconds(60L * minute), true, "a"));
        }
        await().until(() ->
                dashboard.get("/api/ranking?after=" + T0.plusSeconds(60)).statusCode() == 200);

        assertThat(dashboard.json("/api/ranking?after=" + T0).at("/at").asText())
                .isEqualTo("2026-11-24T14:31:00Z");
        assertThat(dashboard.get("/api/ranking?after=" + T0.plusSeconds(120)).statusCode())
                .isEqualTo(404);
        assertThat(dashboard
                        .json("/api/rankings?after=" + T0)
                        .at("/rankings/0/at")
                        .asText())
                .isEqualTo(dashboard.json("/api/ranking?after=" + T0).at("/at").asText());
        assertThat(dashboard.get("/api/rankings?after=" + T0.plusSeconds(120)).body())
                .isEqualTo("{\"rankings\":[]}");
        assertThat(dashboard.json("/api/moments").at("/moments")).hasSize(3);
    }

    @Test
    void aTagIsFoundByItsBeginningHoweverItIsWritten() {
        dashboard.cluster.append("trends", 0, ranking(T0, true, "Straße", "ÉCLIPSE", "東京"));
        await().until(() -> dashboard.json("/api/tags").at("/tags").size() == 3);

        assertThat(dashboard
                        .json("/api/tags?prefix=" + escape("#éCL"))
                        .at("/tags/0/display")
                        .asText())
                .isEqualTo("ÉCLIPSE");
        assertThat(dashboard.json("/api/tags?prefix=" + escape("東")).at("/tags"))
                .hasSize(1);
        assertThat(dashboard.json("/api/tags?prefix=%25").at("/tags")).isEmpty();
        assertThat(dashboard.json("/api/tags?tag=" + escape("strasse")).at("/tags"))
                .isEmpty();
        assertThat(dashboard
                        .json("/api/tags?tag=" + escape("STRAßE"))
                        .at("/tags/0/display")
                        .asText())
                .isEqualTo("Straße");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<img src=x>", "a/b", "..", "\u202Egnp.exe", "%2e%2e", "\"';--", "日本 語"})
    void hostileTagsAreTagsLikeOthers(String tag) {
        dashboard.cluster.append("trends", 0, ranking(T0, true, tag));
        await().until(() -> dashboard.json("/api/tags").at("/tags").size() == 1);
        String folded = dashboard.json("/api/tags").at("/tags/0/tag").asText();

        JsonNode timeline = dashboard.json("/api/tag/" + escape(folded).replace(".", "%2E") + "/timeline");

        assertThat(timeline.at("/points/0/authors").asInt()).isEqualTo(41);
    }

    @Test
    void aTimelineComesAsCsv() {
        dashboard.cluster.append("trends", 0, ranking(T0, true, "=cmd|'/c calc'!A1\""));
        await().until(() -> dashboard.json("/api/tags").at("/tags").size() == 1);
        String path = "/api/tag/" + escape("=cmd|'/c calc'!a1\"") + "/timeline?format=csv";

        HttpResponse<String> csv = dashboard.get(path);

        assertThat(csv.headers().firstValue("content-type")).contains("text/csv; charset=utf-8; header=present");
        assertThat(csv.body().lines())
                .startsWith("at,tag,state,rank,count,authors,expected,score,id,low,high")
                .element(1)
                .asString()
                .startsWith("2026-11-24T14:30:00Z,\"'=cmd|'/c calc'!a1\"\"\",breaking,1,50,41,2.1,30.0,")
                .endsWith(",0,6");
    }

    @Test
    void aTagThatNeverTrendedIsNotFound() {
        assertThat(dashboard.get("/api/tag/none").statusCode()).isEqualTo(404);
        assertThat(dashboard.json("/api/tag/none/timeline").at("/points")).isEmpty();
    }

    @Test
    void postsAreReadWhereTheyStand() {
        dashboard.cluster.append("posts", 2, PostCodec.encode(post("1", "first")));
        dashboard.cluster.append("posts", 2, PostCodec.encode(new TimeMarker(5)));
        dashboard.cluster.append("posts", 2, PostCodec.encode(post("2", "<b>second</b>")));
        String query = "/api/posts?ref=2@2&ref=2@0&ref=2@1&ref=2@3&ref=9@0";

        for (int again = 0; again < 2; again++) {
            JsonNode posts = dashboard.json(query).at("/posts");
            assertThat(posts.at("/0/post/text").asText()).isEqualTo("<b>second</b>");
            assertThat(posts.at("/1/post/text").asText()).isEqualTo("first");
            assertThat(posts.findValuesAsText("missing")).containsExactly("gone", "gone", "gone");
        }
        dashboard.cluster.append("posts", 2, PostCodec.encode(post("3", "third")));
        assertThat(dashboard.json("/api/posts?ref=2@3").at("/posts/0/post/id").asText())
                .isEqualTo("3");
    }

    @Test
    void aRetractedPostIsNotShown() {
        dashboard.cluster.append("posts", 0, PostCodec.encode(post("1", "a secret")));
        assertThat(dashboard.get("/api/posts?ref=0@0").body()).contains("a secret");

        dashboard.cluster.append("posts", 0, PostCodec.encode(new Retraction("twitter", "1", null, T0.toEpochMilli())));

        await().until(() -> !dashboard.get("/api/posts?ref=0@0").body().contains("a secret"));
        assertThat(dashboard.json("/api/posts?ref=0@0").at("/posts/0/missing").asText())
                .isEqualTo("retracted");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/ranking?window=ten, window",
        "/api/ranking?window=10m&scope=a%7Cb, scope",
        "/api/ranking?stream=../etc, stream",
        "/api/ranking?at=yesterday, at",
        "/api/ranking?at=0&after=0, after",
        "/api/posts, ref",
        "/api/posts?ref=1, ref",
        "/api/posts?ref=1@-1, ref",
        "/api/tags?limit=0, limit",
        "/api/tag/a/timeline?format=xml, format",
        "/api/tag/a/timeline?from=2&to=1, from",
        "/api/moments?limit=many, limit",
    })
    void whatIsWrongWithARequestIsSaid(String path, String parameter) {
        HttpResponse<String> answer = dashboard.get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"parameter\":\"" + parameter + "\"");
    }

    @Test
    void healthIsThatOfAllStages() {
        await().until(() -> dashboard.get("/healthz").statusCode() == 200);

        dashboard.others.put("count", new Health(false, "waiting for partition 3"));

        HttpResponse<String> answer = dashboard.get("/healthz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("waiting for partition 3");
    }

    @Test
    void metricsAreForPrometheus() {
        assertThat(dashboard.get("/metrics").body())
                .contains("freshet_live_readers")
                .contains("freshet_history_records");
    }

    @Test
    void aDashboardWithoutABrokerSaysSo() {
        await().until(dashboard::ready);
        dashboard.cluster.down(true);

        await().until(() -> !dashboard.ready());
        assertThat(dashboard.get("/healthz").body()).contains("the broker does not answer");
        assertThat(dashboard.get("/").statusCode()).isEqualTo(200);
    }
}
