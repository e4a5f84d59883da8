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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** All boards that are live, and their readers. One thread publishes; subscriptions come from event loops. */
public final class LiveHub {

    /** What one reader's connection may hold back in memory, in bytes, before it counts as slow. */
    private static final WriteBufferWaterMark HELD_BACK = new WriteBufferWaterMark(16 * 1024, 64 * 1024);

    private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();

    /** How soon a browser reconnects by itself, milliseconds. */
    private static final int RETRY_MS = 1_000;

    private final Clock clock;
    private final Duration beatEvery;
    private final Map<Board, LiveBoard> boards = new ConcurrentHashMap<>();
    private volatile String trouble = "not connected yet";
    private volatile Stream lastHeardStream;
    private final Map<Stream, Long> clocks = new ConcurrentHashMap<>();

    // Owned by the publisher.
    private final Map<Stream, Long> toldClocks = new HashMap<>();
    private long beatAt = System.nanoTime();
    private long tickAt = System.nanoTime();

    /** @param beatEvery how often readers hear that they are connected */
    public LiveHub(Clock clock, Duration beatEvery, MeterRegistry meters) {
        this.clock = clock;
        this.beatEvery = beatEvery;
        meters.gauge("freshet.live.readers", this, LiveHub::readers);
    }

    /** Takes a ranking in and wakes its readers. */
    void publish(Stream stream, long offset, Ranking ranking, byte[] json) {
        lastHeardStream = stream;
        boards.computeIfAbsent(Board.of(stream, ranking), b -> new LiveBoard()).publish(offset, ranking, json);
    }

    /** Takes note of a ranking that newer ones of the same batch make needless. */
    void passOver(Stream stream, Ranking head) {
        if (head.isFinal()) {
            boards.computeIfAbsent(Board.of(stream, head), b -> new LiveBoard()).passOver(head.at());
        }
    }

    /** A stream started afresh: what was shown of it no longer holds. */
    void reset(Stream stream) {
        clocks.remove(stream);
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
            tellAll();
        }
    }

    /** What stands between the hub and its source, in a line; empty when nothing does. */
    public String trouble() {
        return trouble;
    }

    /** Takes note of how far a stream's posts have come; from any thread. */
    public void clock(Stream stream, long time) {
        Long before = clocks.get(stream);
        if (before == null || time > before) {
            clocks.merge(stream, time, Math::max);
            if (!stream.isLive()) {
                lastHeardStream = stream; // the live one's clock goes on though no one writes
            }
        }
    }

    /**
     * Tells readers that they are still connected and how the source is, when it is time to; once a second those whose
     * stream's clock went on. Called often, by the publisher.
     */
    void beat() {
        long now = System.nanoTime();
        if (now - beatAt >= beatEvery.toNanos()) {
            tellAll();
        } else if (now - tickAt >= TICK_NANOS) {
            tickAt = now;
            clocks.forEach((stream, time) -> {
                if (!time.equals(toldClocks.put(stream, time))) {
                    tell(stream);
                }
            });
        }
    }

    private void tellAll() {
        beatAt = System.nanoTime();
        boards.keySet().stream().map(Board::stream).distinct().forEach(this::tell);
    }

    private void tell(Stream stream) {
        ByteBuf frame = status(stream);
        boards.forEach((board, live) -> {
            if (board.stream().equals(stream)) {
                live.each(reader -> reader.tell(frame));
            }
        });
    }

    private ByteBuf status(Stream stream) {
        Long reached = clocks.get(stream);
        String json = "{\"now\":\"" + clock.instant() + "\",\"source\":\"" + (trouble.isEmpty() ? "up" : "down") + "\""
                + (reached == null ? "" : ",\"clock\":\"" + Instant.ofEpochMilli(reached) + "\"") + "}";
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

    /** How far the posts of the streams that were heard of have come. */
    public Map<Stream, Instant> clocks() {
        return clocks.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Instant.ofEpochMilli(entry.getValue())));
    }

    /** The stream that a ranking, or of a replay a post, last came in for; null before the first. */
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
            // Added within the map's own lock, or the board might be dropped as one that no one reads.
            LiveReader[] reader = new LiveReader[1];
            boards.compute(board, (b, known) -> {
                LiveBoard live = known == null ? new LiveBoard() : known;
                reader[0] = new LiveReader(channel, live, lastId == null ? -1 : live.sequenceOf(lastId));
                return live;
            });
            open(channel, board.stream());
            reader[0].begin();
            channel.closeFuture()
                    .addListener(closed -> boards.computeIfPresent(
                            board, (b, l) -> l.events().isEmpty() && l.readers() == 0 ? null : l));
        };
    }

    /** The head of an endless answer; what follows are plain bytes until the connection closes. */
    private void open(Channel channel, Stream stream) {
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
        channel.writeAndFlush(status(stream).duplicate());
    }
}
