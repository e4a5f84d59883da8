package freshet.ingest.mock;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import freshet.ingest.pipeline.Speed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The wire, looked at byte by byte. */
@Timeout(30)
class StreamOverHttpTest {

    private static final String SAMPLE = "/1.1/statuses/sample.json";
    private static final List<String> LINES =
            List.of(Feed.status(1), Feed.status(2, "größe 東京 😀"), Feed.delete(1), "{\"half of a", Feed.status(3));
    private static final String LAST = "{\"disconnect\":{\"code\":9,";

    @TempDir
    Path folder;

    private static List<String> messages(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        assertThat(text).endsWith("\r\n");
        return List.of(text.split("\r\n"));
    }

    @Test
    void linesOfTheRecordingComeAsTheyAreInChunksAndTheEndIsSaid() throws Exception {
        try (Feed feed = Feed.of(folder, LINES);
                RawClient client = RawClient.get(feed, SAMPLE)) {
            assertThat(client.status).isEqualTo(200);
            assertThat(client.headers)
                    .containsEntry("transfer-encoding", "chunked")
                    .containsEntry("content-type", "application/json");
            List<String> messages = messages(client.chunks());
            assertThat(messages.subList(0, LINES.size())).isEqualTo(LINES);
            assertThat(messages).hasSize(LINES.size() + 1).last().asString().startsWith(LAST);
            assertThat(client.in.read()).isNegative();
        }
    }

    @Test
    void lengthBeforeAMessageCountsItsBytesAndItsLineEnd() throws Exception {
        try (Feed feed = Feed.of(folder, LINES);
                RawClient client = RawClient.get(feed, SAMPLE + "?delimited=length")) {
            DataInputStream body = new DataInputStream(new ByteArrayInputStream(client.chunks()));
            List<String> messages = new ArrayList<>();
            while (body.available() > 0) {
                byte[] message = body.readNBytes(Integer.parseInt(lengthLine(body)));
                String text = new String(message, StandardCharsets.UTF_8);
                assertThat(text).endsWith("\r\n");
                messages.add(text.strip());
            }
            assertThat(messages.subList(0, LINES.size())).isEqualTo(LINES);
        }
    }

    private static String lengthLine(DataInputStream body) throws java.io.IOException {
        StringBuilder line = new StringBuilder();
        for (int b = body.read(); b != '\n'; b = body.read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    @Test
    void compressedStreamIsFlushedWithEachMessage() throws Exception {
        List<String> two = List.of(Feed.status(0), Feed.status(3600));
        try (Feed feed = Feed.of(Feed.config(folder, two, Speed.REAL, FailurePlan.NONE));
                RawClient client = RawClient.get(feed, SAMPLE, "Accept-Encoding: deflate, gzip;q=0.5\r\n")) {
            assertThat(client.headers).containsEntry("content-encoding", "gzip");
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            wire.write(client.chunk()); // the next message is due in an hour
            var gzip = new GZIPInputStream(new ByteArrayInputStream(wire.toByteArray()));
            assertThat(new String(gzip.readNBytes(two.get(0).length()), StandardCharsets.UTF_8))
                    .isEqualTo(two.get(0));
        }
    }

    @Test
    void compressedStreamEndsWhole() throws Exception {
        try (Feed feed = Feed.of(folder, LINES);
                RawClient client = RawClient.get(feed, SAMPLE, "Accept-Encoding: gzip\r\n")) {
            var gzip = new GZIPInputStream(new ByteArrayInputStream(client.chunks()));
            assertThat(messages(gzip.readAllBytes()).subList(0, LINES.size())).isEqualTo(LINES);
        }
    }

    @Test
    void silenceIsFilledWithBlankLines() throws Exception {
        List<String> two = List.of(Feed.status(0), Feed.status(3600));
        try (Feed feed = Feed.of(Feed.config(folder, two, Speed.REAL, FailurePlan.NONE));
                RawClient client = RawClient.get(feed, SAMPLE + "?delimited=length")) {
            client.chunk();
            assertThat(client.chunk()).isEqualTo("\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.chunk()).isEqualTo("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void clientOfHttp10GetsNoChunks() throws Exception {
        try (Feed feed = Feed.of(folder, LINES);
                RawClient client =
                        RawClient.send(feed, "GET /statuses/sample.json HTTP/1.0\r\n" + RawClient.SIGNED + "\r\n")) {
            assertThat(client.headers).doesNotContainKey("transfer-encoding");
            assertThat(client.rest()).startsWith(LINES.get(0) + "\r\n" + LINES.get(1) + "\r\n");
        }
    }

    @Test
    void filterTakesItsParametersFromAForm() throws Exception {
        List<String> lines = List.of(
                Feed.status(1, "the #Moon rises"),
                Feed.status(2, "the sun"),
                Feed.delete(1),
                Feed.delete(2),
                Feed.status(3, "moonshine"));
        try (Feed feed = Feed.of(folder, lines);
                RawClient client = RawClient.post(feed, "/1.1/statuses/filter.json", "track=rain%2Cmoon+the")) {
            assertThat(client.status).isEqualTo(200);
            List<String> messages = messages(client.chunks());
            assertThat(messages.subList(0, messages.size() - 1)).containsExactly(lines.get(0), lines.get(2));
        }
    }

    @Test
    void listMayComeInPartsThroughQueryAndForm() throws Exception {
        List<String> lines = List.of(
                Feed.status(1, "der Mond"),
                Feed.status(2, "die Größe"),
                Feed.status(3, "a b"),
                Feed.status(4, "nothing"));
        try (Feed feed = Feed.of(folder, lines);
                RawClient client = RawClient.post(
                        feed,
                        "/1.1/statuses/filter.json?track=mond",
                        "track=gr%C3%B6%C3%9Fe&track=b%20a&stall_warnings=true")) {
            List<String> messages = messages(client.chunks());
            assertThat(messages.subList(0, messages.size() - 1)).isEqualTo(lines.subList(0, 3));
        }
    }

    @Test
    void listMayComeItemByItem() throws Exception {
        StringBuilder form = new StringBuilder("follow=1000");
        for (int user = 1001; user < 3000; user++) {
            form.append("&follow=").append(user);
        }
        try (Feed feed = Feed.of(folder, LINES);
                RawClient client = RawClient.post(feed, "/1.1/statuses/filter.json", form + "&follow=3")) {
            assertThat(messages(client.chunks())).contains(LINES.get(4)).doesNotContain(LINES.get(0));
        }
    }

    @Test
    void clientMayTakeItForItsProxyAndNameTheWholeAddress() throws Exception {
        String target = "http://stream.twitter.com:80" + SAMPLE;
        try (Feed feed = Feed.of(folder, LINES);
                RawClient client = RawClient.get(feed, target)) {
            assertThat(messages(client.chunks())).hasSize(LINES.size() + 1);
        }
    }

    @Test
    void saysWhatIsTooLongAboutARequest() throws Exception {
        try (Feed feed = Feed.of(folder, LINES)) {
            assertRefused(
                    RawClient.get(feed, "/1.1/statuses/filter.json?follow=" + "1,".repeat(40_000)), 414, "in a form");
            assertRefused(RawClient.get(feed, SAMPLE, "X: " + "x".repeat(20_000) + "\r\n"), 431, "16384 bytes");
        }
    }

    @Test
    void refusalOfAMethodNamesThoseThatAreAllowed() throws Exception {
        try (Feed feed = Feed.of(folder, LINES);
                RawClient client = RawClient.send(feed, "PUT " + SAMPLE + " HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(client.status).isEqualTo(405);
            assertThat(client.headers).containsEntry("allow", "GET, POST");
        }
    }

    @Test
    void filterTellsHowManyItHeldBack() throws Exception {
        List<String> lines = LongStream.range(0, 50)
                .mapToObj(n -> Feed.status(n / 10, "moon " + n))
                .toList();
        MockConfig config =
                Feed.with(Feed.file(folder, lines), new Speed(1000), FailurePlan.NONE, null, 10, 1 << 20, true);
        try (Feed feed = Feed.of(config);
                RawClient client = RawClient.get(feed, "/1.1/statuses/filter.json?track=moon")) {
            List<String> messages = messages(client.chunks());
            assertThat(messages).hasSize(12);
            assertThat(messages.get(10)).startsWith("{\"limit\":{\"track\":40,");
        }
    }

    @Test
    void eachClientHasAPlayOfItsOwn() throws Exception {
        try (Feed feed = Feed.of(folder, LINES);
                RawClient one = RawClient.get(feed, SAMPLE);
                RawClient two = RawClient.get(feed, SAMPLE)) {
            assertThat(messages(two.chunks())).hasSize(LINES.size() + 1);
            assertThat(messages(one.chunks())).hasSize(LINES.size() + 1);
        }
    }

    @Test
    void refusesWhatTwitterRefused() throws Exception {
        try (Feed feed = Feed.of(folder, LINES)) {
            assertRefused(RawClient.unsigned(feed, SAMPLE), 401, "no OAuth 1.0a Authorization header");
            assertRefused(RawClient.get(feed, "/1.1/statuses/firehose.json"), 404, "/1.1/statuses/sample.json");
            assertRefused(RawClient.get(feed, "/1.1/statuses/filter.json"), 406, "follow track locations");
            assertRefused(
                    RawClient.post(feed, "/1.1/statuses/filter.json", "follow=" + "1,".repeat(5) + "me"), 406, "me");
            assertRefused(
                    RawClient.post(feed, "/1.1/statuses/filter.json", "track=" + "a%2C".repeat(401)), 413, "401 items");
            assertRefused(
                    RawClient.send(feed, "DELETE " + SAMPLE + " HTTP/1.1\r\nHost: x\r\n" + RawClient.SIGNED + "\r\n"),
                    405,
                    "GET or POST");
            assertRefused(RawClient.get(feed, SAMPLE + "?fail=420"), 420, "Exceeded connection limit");
            assertRefused(RawClient.get(feed, SAMPLE + "?fail=503"), 503, "Service Unavailable");
            assertRefused(RawClient.get(feed, SAMPLE + "?fail=soon"), 400, "no failure");
        }
    }

    private static void assertRefused(RawClient client, int status, String words) throws Exception {
        try (client) {
            assertThat(client.status).isEqualTo(status);
            assertThat(client.rest()).contains(words).endsWith("\n");
        }
    }

    @Test
    void goesWrongOnRequest() throws Exception {
        List<String> lines = LongStream.range(0, 10).mapToObj(Feed::status).toList();
        try (Feed feed = Feed.of(folder, lines, FailurePlan.parse("503,disconnect@2:7,cut@2,garbage@1,warning@1"))) {
            assertRefused(RawClient.get(feed, SAMPLE), 503, "Service Unavailable");
            try (RawClient told = RawClient.get(feed, SAMPLE)) {
                List<String> messages = messages(told.chunks());
                assertThat(messages).hasSize(3).last().asString().startsWith("{\"disconnect\":{\"code\":7,");
            }
            try (RawClient cut = RawClient.get(feed, SAMPLE)) {
                String wire = cut.rest();
                assertThat(wire)
                        .contains(lines.get(1))
                        .doesNotContain(lines.get(2))
                        .doesNotEndWith("0\r\n\r\n");
            }
            try (RawClient garbage = RawClient.get(feed, SAMPLE)) {
                List<String> messages = messages(garbage.chunks());
                assertThat(messages).hasSize(12);
                assertThat(messages.get(1)).doesNotEndWith("}");
            }
            try (RawClient warned = RawClient.get(feed, SAMPLE)) {
                assertThat(messages(warned.chunks()).get(1)).startsWith("{\"warning\":{\"code\":\"FALLING_BEHIND\"");
            }
            try (RawClient good = RawClient.get(feed, SAMPLE)) {
                assertThat(messages(good.chunks())).hasSize(11);
            }
        }
    }

    /** Ten thousand a second: 20 MB a second that the client does not read. */
    private Feed feedThatIsTooFast() throws Exception {
        String text = "x".repeat(2000);
        List<String> lines =
                LongStream.range(0, 20_000).mapToObj(n -> Feed.status(n, text)).toList();
        return Feed.of(
                Feed.with(Feed.file(folder, lines), new Speed(10_000), FailurePlan.NONE, null, 0, 256 * 1024, true));
    }

    @Test
    void clientThatReadsNothingIsDisconnectedWithThePaceKept() throws Exception {
        try (Feed feed = feedThatIsTooFast();
                RawClient slow = RawClient.get(feed, SAMPLE + "?stall_warnings=true")) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> feed.clients() == 0);
            assertThat(slow.rest().length()).isLessThan(20_000 * 2000);
        }
    }

    @Test
    void clientThatFallsBehindIsWarnedAndThenToldWhyItIsDisconnected() throws Exception {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.list = new CopyOnWriteArrayList<>();
        Logger log = (Logger) LoggerFactory.getLogger(ClientStream.class);
        said.start();
        log.addAppender(said);
        try (Feed feed = feedThatIsTooFast();
                RawClient slow = RawClient.get(feed, SAMPLE + "?stall_warnings=true")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> said.list.stream()
                            .anyMatch(event -> event.getFormattedMessage().contains("fell behind")));
            // It reads on before its connection is broken: what was on its way holds the warning.
            String wire = slow.rest();
            assertThat(wire).contains("FALLING_BEHIND").contains("the client fell too far behind");
            assertThat(wire.length()).isLessThan(20_000 * 2000);
        } finally {
            log.detachAppender(said);
        }
    }
}
