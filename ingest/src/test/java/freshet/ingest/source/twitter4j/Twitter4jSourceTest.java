package freshet.ingest.source.twitter4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.ingest.mock.FailurePlan;
import freshet.ingest.mock.Feed;
import freshet.ingest.source.Lines;
import freshet.ingest.source.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source through the unmodified library, against the mock feed on a real socket. */
@Timeout(60)
class Twitter4jSourceTest {

    private static final List<String> STATUSES =
            LongStream.range(0, 300).mapToObj(Feed::status).toList();

    @TempDir
    Path folder;

    private final SleeplessTime time = new SleeplessTime();

    private List<String> readAll(Source source) throws Exception {
        List<String> all = new ArrayList<>();
        try (Lines lines = source.open(-1)) {
            while (lines.next()) {
                String line = new String(lines.bytes(), lines.offset(), lines.length(), StandardCharsets.UTF_8);
                if (line.startsWith("{\"disconnect\"")) {
                    continue; // is told further on, as a message of the stream about itself
                }
                all.add(line);
                assertThat(lines.ordinal()).isEqualTo(all.size());
                assertThat(lines.position()).endsWith(":" + all.size());
            }
        }
        return all;
    }

    private Source live(Feed feed, String query) {
        return new Twitter4jSource(feed.address() + query, time);
    }

    private Source replayed(Feed feed) {
        return Twitter4jSource.replayed("mock:day.ndjson", "day.ndjson", feed.address(), time);
    }

    @Test
    void handsOutEachMessageAndEndsWhereAllIsDelivered() throws Exception {
        try (Feed feed = Feed.of(folder, STATUSES, FailurePlan.NONE)) {
            assertThat(readAll(live(feed, ""))).isEqualTo(STATUSES);
            assertThat(readAll(replayed(feed))).isEqualTo(STATUSES);
        }
        assertThat(time.sleptMillis).isEmpty();
    }

    @Test
    void lineThatIsNoJsonIsHandedOutAsItCame() throws Exception {
        try (Feed feed = Feed.of(folder, STATUSES, FailurePlan.parse("garbage@2"))) {
            List<String> lines = readAll(live(feed, ""));
            assertThat(lines).hasSize(301).contains("{\"created_at\":\"on request, no JSON");
        }
    }

    @Test
    void asksForAFilter() throws Exception {
        try (Feed feed = Feed.of(folder, STATUSES, FailurePlan.NONE)) {
            assertThat(readAll(live(feed, "?track=status%207,299")))
                    .containsExactly(STATUSES.get(7), STATUSES.get(299));
            assertThat(readAll(live(feed, "?follow=3"))).hasSize(43);
            assertThat(readAll(live(feed, "?language=pt"))).isEmpty();
        }
    }

    @Test
    void backsOffByWhatWentWrong() throws Exception {
        try (Feed feed = Feed.of(folder, STATUSES, FailurePlan.parse("503,500,420,420,cut@10,401,404"))) {
            assertThat(readAll(live(feed, ""))).isEqualTo(STATUSES);
        }
        assertThat(time.sleptMillis).containsExactly(5_000L, 10_000L, 60_000L, 120_000L, 250L, 5_000L, 10_000L);
    }

    @ParameterizedTest
    @CsvSource({"401, credentials", "403, account", "404, address", "406, track", "413, track"})
    void refusalBeforeAnythingHasComeEndsItWithWhatToDo(String status, String advice) throws Exception {
        try (Feed feed = Feed.of(folder, STATUSES, FailurePlan.parse("503," + status))) {
            assertThatThrownBy(() -> readAll(live(feed, "")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("HTTP " + status)
                    .hasMessageContaining(advice)
                    .hasMessageNotContaining("\n");
        }
        assertThat(time.sleptMillis).containsExactly(5_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 406})
    void answerWithoutABodyCountsByItsStatusToo(int refusal) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Thread answers = new Thread(() -> answerWithoutBody(server, 503, 420, refusal));
            answers.setDaemon(true);
            answers.start();
            String address = "http://127.0.0.1:" + server.getLocalPort();
            assertThatThrownBy(() -> readAll(new Twitter4jSource(address, time)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("HTTP " + refusal);
        }
        assertThat(time.sleptMillis).containsExactly(5_000L, 60_000L);
    }

    private static void answerWithoutBody(ServerSocket server, int... statuses) {
        for (int status : statuses) {
            try (Socket client = server.accept()) {
                client.getInputStream().read(new byte[8192]);
                String answer = "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return; // the test is over
            }
        }
    }

    @Test
    void feedThatReplaysGoesOnAfterBreaksWithNothingTwiceAndNothingLost() throws Exception {
        try (Feed feed = Feed.of(folder, STATUSES, FailurePlan.parse("cut@100,disconnect@200,cut@50"))) {
            assertThat(readAll(replayed(feed))).isEqualTo(STATUSES);
        }
        assertThat(time.sleptMillis).hasSize(3).allMatch(millis -> millis <= 500);
    }

    @Test
    void streamThatBringsStatusesAgainAfterABreakHandsThemOutOnce() throws Exception {
        try (Feed feed = Feed.of(folder, STATUSES, FailurePlan.parse("cut@100,cut@200"))) {
            assertThat(readAll(live(feed, ""))).isEqualTo(STATUSES);
        }
    }

    @Test
    void readerThatDoesNotTakeHoldsTheServerBack() throws Exception {
        AtomicLong written = new AtomicLong();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread endless = new Thread(() -> writeWithoutEnd(server, written));
            endless.setDaemon(true);
            endless.start();
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            try (Lines lines = new Twitter4jSource(address.toString(), time).open(-1)) {
                assertThat(lines.next()).isTrue();
                AtomicLong before = new AtomicLong(-1);
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(300))
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> before.getAndSet(written.get()) == written.get());
                long held = written.get();
                assertThat(held).as("bytes in sockets and queue").isLessThan(30L << 20);
                for (int i = 0; i < 20_000; i++) {
                    assertThat(lines.next()).isTrue();
                }
                Awaitility.await().until(() -> written.get() > held);
            }
        }
    }

    private static void writeWithoutEnd(ServerSocket server, AtomicLong written) {
        byte[] lines = (Feed.status(1) + "\r\n").repeat(100).getBytes(StandardCharsets.UTF_8);
        try (Socket client = server.accept();
                OutputStream out = client.getOutputStream()) {
            client.getInputStream().read(new byte[8192]);
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(lines);
                written.addAndGet(lines.length);
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    @Test
    void takingIsInterruptible() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Lines lines = new Twitter4jSource("http://127.0.0.1:" + silent.getLocalPort(), time).open(-1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(lines::next).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void saysWhatAnAddressLooksLike() {
        for (String wrong :
                List.of("localhost:8081", "ftp://x", "http://", "http://x?trak=a", "http://x?locations=1,2")) {
            assertThatThrownBy(() -> new Twitter4jSource(wrong, time))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("\n");
        }
        assertThatThrownBy(() -> new Twitter4jSource("", time).open(-1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("twitter4j.properties");
    }
}
