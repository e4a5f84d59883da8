package freshet.dashboard.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import freshet.dashboard.http.Answer;
import freshet.dashboard.http.SecurityHeaders;
import freshet.ingest.contract.Stream;
import freshet.storage.history.Board;
import freshet.trends.contract.Ranking;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** All boards that are live, and their readers. One thread publishes; subscriptions come from event loops. */
public final class LiveHub {

    /** What one reader's connection may hold back in memory, in bytes, before it counts as slow. */
    private static final WriteBufferWaterMark HELD_BACK = new WriteBufferWaterMark(16 * 1024, 64 * 1024);

    /** How soon a browser reconnects by itself, milliseconds. */
    private static final int RETRY_MS = 1_000;

    private final Clock clock;
    private final Map<Board, LiveBoard> boards = new ConcurrentHashMap<>();
    private volatile String trouble = "not connected yet";
    private volatile Stream lastHeardStream;

    public LiveHub(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        meters.gauge("freshet.live.readers", this, LiveHub::readers);
    }

    /** Takes a ranking in and wakes its readers. */
    void publish(Stream stream, long offset, Ranking ranking, byte[] json) {
        lastHeardStream = stream;
        boards.computeIfAbsent(Board.of(stream, ranking), b -> new LiveBoard()).publish(offset, ranking, json);
    }

    /** A stream started afresh: what was shown of it no longer holds. */
    void reset(Stream stream) {
        boards.forEach((board, live) -> {
            if (board.stream().equals(stream)) {
                live.reset();
            }
        });
    }

    /** Says what stands between the hub and its source, or that nothing does (empty); readers are told of changes. */
    void source(String whatIsWrong) {
        if (!whatIsWrong.equals(trouble)) {
            trouble = whatIsWrong;
            beat();
        }
    }

    /** What stands between the hub and its source, in a line; empty when nothing does. */
    public String trouble() {
        return trouble;
    }

    /** Tells every reader that it is still connected, and how the source is. */
    void beat() {
        ByteBuf frame = status();
        boards.values().forEach(board -> board.each(reader -> reader.tell(frame)));
    }

    private ByteBuf status() {
        String now = trouble;
        String json = "{\"now\":\"" + clock.instant() + "\",\"source\":\"" + (now.isEmpty() ? "up" : "down") + "\"}";
        return LiveEvent.frame("status", null, json.getBytes(UTF_8));
    }

    /** The newest ranking of a board, as JSON. */
    public Optional<byte[]> newest(Board board) {
        return Optional.ofNullable(boards.get(board)).map(LiveBoard::newest);
    }

    /** The boards that were heard of, with the event time of their newest ranking. */
    public Map<Board, Instant> newestTimes() {
        return boards.entrySet().stream()
                .filter(entry -> entry.getValue().at() != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().at()));
    }

    /** The stream that a ranking last came in for; null before the first. */
    public Stream lastHeardStream() {
        return lastHeardStream;
    }

    public int readers() {
        return boards.values().stream().mapToInt(LiveBoard::readers).sum();
    }

    /**
     * Makes a connection a reader of a board.
     *
     * @param lastId the {@code Last-Event-ID} of a reader who comes back, or null
     */
    public Answer.Takeover subscribe(Board board, Long lastId) {
        return channel -> {
            LiveBoard live = boards.computeIfAbsent(board, b -> new LiveBoard());
            open(channel);
            new LiveReader(live, lastId == null ? -1 : live.sequenceOf(lastId)).begin(channel);
            channel.closeFuture()
                    .addListener(closed -> boards.computeIfPresent(
                            board, (b, l) -> l.events().isEmpty() && l.readers() == 0 ? null : l));
        };
    }

    /** The head of an endless answer; what follows are plain bytes until the connection closes. */
    private void open(Channel channel) {
        channel.config().setWriteBufferWaterMark(HELD_BACK);
        DefaultHttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        SecurityHeaders.add(response.headers());
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONNECTION, "close")
                .set("X-Accel-Buffering", "no");
        channel.write(response);
        channel.pipeline().remove(HttpObjectAggregator.class);
        channel.pipeline().remove(HttpServerCodec.class);
        channel.write(channel.alloc().buffer().writeBytes(("retry: " + RETRY_MS + "\n\n").getBytes(UTF_8)));
        channel.writeAndFlush(status().duplicate());
    }
}
