package freshet.dashboard.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpServerTest {

    private final CountDownLatch slow = new CountDownLatch(1);
    private final List<Route> routes = List.of(
            new Route("/now", "at once", false, request -> text("now")),
            new Route("/slow", "later", true, request -> {
                await(slow);
                return text("slow");
            }),
            new Route(
                    "/tag/{tag}",
                    "a tag",
                    false,
                    request -> text(request.captured().get("tag"))),
            new Route("/number", "a number", false, request -> text("" + request.number("n", 5, 1, 9))),
            new Route("/long", "a long text", true, request -> text("long ".repeat(2000))),
            new Route("/broken", "fails", true, request -> {
                throw new IllegalStateException("wires crossed");
            }));
    private HttpServer server;

    @AfterEach
    void stop() {
        slow.countDown();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void oneConnectionServesManyRequests() throws Exception {
        try (Socket socket = connect()) {
            for (int i = 0; i < 20; i++) {
                send(socket, "GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(readUntil(socket, "now")).contains("200 OK");
            }
        }
    }

    @Test
    void answersLeaveInTheOrderOfTheRequests() throws Exception {
        try (Socket socket = connect()) {
            send(
                    socket,
                    "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n" + "GET /tag/x HTTP/1.1\r\nHost: a\r\n\r\n".repeat(100)
                            + "GET /now HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            slow.countDown();
            String all = readAll(socket);
            assertThat(all.indexOf("\r\n\r\nslow")).isPositive().isLessThan(all.indexOf("\r\n\r\nx"));
            assertThat(all.indexOf("\r\n\r\nnow")).isGreaterThan(all.lastIndexOf("\r\n\r\nx"));
            assertThat(all.split("200 OK", -1)).hasSize(103);
        }
    }

    @Test
    void everyAnswerForbidsWhatThePageDoesNotNeed() throws Exception {
        assertThat(ask("GET /now HTTP/1.1"))
                .contains("Content-Security-Policy: default-src 'self'")
                .contains("X-Content-Type-Options: nosniff")
                .doesNotContain("unsafe");
        assertThat(ask("GET /none HTTP/1.1")).contains("Content-Security-Policy");
    }

    @Test
    void aTagMayHoldASlashAndAPlus() throws Exception {
        assertThat(ask("GET /tag/a%2Fb+c%23 HTTP/1.1")).endsWith("a/b+c#");
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        assertThat(ask("HEAD /now HTTP/1.1"))
                .contains("200 OK")
                .contains("content-length: 3")
                .endsWith("\r\n\r\n");
    }

    @Test
    void aLongAnswerIsCompressedForThoseWhoAcceptIt() throws Exception {
        assertThat(ask("GET /long HTTP/1.1")).contains("content-length: 10000").doesNotContain("gzip");
        assertThat(ask("GET /long HTTP/1.1\r\nAccept-Encoding: gzip"))
                .contains("content-encoding: gzip")
                .contains("Vary: Accept-Encoding")
                .hasSizeLessThan(1_500);
    }

    @Test
    void whatIsNotThereSaysSo() throws Exception {
        assertThat(ask("GET /none HTTP/1.1"))
                .contains("404 Not Found")
                .contains("{\"error\":{\"status\":404,\"message\":\"there is nothing at \\\"/none\\\"");
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        assertThat(ask("POST /now HTTP/1.1")).contains("405 ").contains("Allow: GET, HEAD");
        assertThat(ask("BREW /now HTTP/1.1")).contains("405 ").contains("not BREW");
    }

    @Test
    void aWrongParameterIsNamed() throws Exception {
        assertThat(ask("GET /number?n=12 HTTP/1.1"))
                .contains("400 ")
                .contains("\"message\":\"n is a whole number from 1 to 9, not \\\"12\\\"\",\"parameter\":\"n\"");
        assertThat(ask("GET /number?n=1&n=2 HTTP/1.1")).contains("n was given 2 times");
    }

    @Test
    void aTargetThatIsBadlyEscapedSaysSo() throws Exception {
        assertThat(ask("GET /tag/%zz HTTP/1.1")).contains("400 ").contains("not well escaped");
    }

    @Test
    void aHandlerThatFailsAnswersWithoutItsInsides() throws Exception {
        assertThat(ask("GET /broken HTTP/1.1")).contains("500 ").doesNotContain("at freshet");
    }

    @Test
    void aLongRequestLineIsRefused() throws Exception {
        assertThat(ask("GET /tag/" + "x".repeat(9_000) + " HTTP/1.1")).contains("414 ");
    }

    @Test
    void longHeadersAreRefused() throws Exception {
        assertThat(ask("GET /now HTTP/1.1\r\nX: " + "y".repeat(20_000))).contains("431 ");
    }

    @Test
    void aLargeBodyIsRefused() throws Exception {
        assertThat(ask("GET /now HTTP/1.1\r\nContent-Length: 9999999")).contains("413 ");
    }

    @Test
    void noiseIsAnsweredOrClosedAndTheServerGoesOn() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[random.nextInt(4000) + 1];
            random.nextBytes(noise);
            try (Socket socket = connect()) {
                socket.getOutputStream().write(noise);
                socket.shutdownOutput();
                readAll(socket);
            } catch (IOException e) {
                // closed in the middle: as good
            }
        }
        assertThat(ask("GET /now HTTP/1.1")).contains("200 OK");
    }

    @Test
    void oneAddressMayOnlySendSoMuch() throws Exception {
        start(new HttpConfig("127.0.0.1", 0, 100, 1, 5, Duration.ofSeconds(60)));

        for (int i = 0; i < 5; i++) {
            assertThat(ask("GET /now HTTP/1.1")).contains("200 OK");
        }
        assertThat(ask("GET /now HTTP/1.1")).contains("429 ").contains("Retry-After: 1");
    }

    @Test
    void connectionsBeyondTheLimitAreClosed() throws Exception {
        start(new HttpConfig("127.0.0.1", 0, 2, 100, 100, Duration.ofSeconds(60)));
        try (Socket one = connect();
                Socket two = connect()) {
            send(one, "GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
            readUntil(one, "now");
            send(two, "GET /now HTTP/1.1\r\nHost: a\r\n\r\n");
            readUntil(two, "now");
            try (Socket three = connect()) {
                assertThat(three.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void aSilentConnectionIsClosed() throws Exception {
        start(new HttpConfig("127.0.0.1", 0, 100, 100, 100, Duration.ofSeconds(1)));
        try (Socket socket = connect()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aPortInUseIsSaidInOneLine() throws Exception {
        start(HttpConfig.of("127.0.0.1", 0));

        try (HttpServer second = new HttpServer(HttpConfig.of("127.0.0.1", server.port()), routes)) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port())
                    .message()
                    .doesNotContain("\n");
        }
    }

    private void start(HttpConfig config) throws IOException {
        server = new HttpServer(config, routes);
        server.start();
    }

    private Socket connect() throws IOException {
        if (server == null) {
            start(HttpConfig.of("127.0.0.1", 0));
        }
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        socket.setSoTimeout(10_000);
        return socket;
    }

    private String ask(String lines) throws IOException {
        try (Socket socket = connect()) {
            send(socket, lines + "\r\nHost: a\r\nConnection: close\r\n\r\n");
            return readAll(socket);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n" + end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    private static Answer text(String text) {
        return Response.of(HttpResponseStatus.OK, "text/plain", text.getBytes(ISO_8859_1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
