package freshet.ingest.source.twitter4j;

import freshet.ingest.source.Lines;
import freshet.ingest.source.WallTime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import twitter4j.TwitterException;
import twitter4j.conf.Configuration;

/**
 * The messages of a stream, over as many connections as it takes. Keep-alives are passed over. The stream ends where it
 * says that all has been delivered, or where it is refused before anything has come; any other end is a failure, after
 * which it connects again when {@link Backoff} lets it, and passes over what had come before: by number where the feed
 * begins from its first message, else by id. What a message says about its connection alone is handed out too but has no
 * number.
 */
final class StreamedLines implements Lines {

    private static final Logger LOG = LoggerFactory.getLogger(StreamedLines.class);

    private static final Pattern STATUS_IN_WORDS = Pattern.compile("HTTP response code: (\\d{3})");
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 405, 406, 410, 413, 416);

    private final Configuration configuration;
    private final Query query;
    private final String source;
    private final String feed;
    private final boolean replays;
    private final WallTime wall;
    private final Backoff backoff = new Backoff();
    private final RecentIds ids = new RecentIds(RecentIds.DEFAULT_CAPACITY);

    private Connection connection;
    private int connections;
    private long receivedOnConnection;
    private boolean ended;

    private byte[] line = new byte[0];
    private int length;
    private long ordinal;
    private volatile long bytesRead;

    StreamedLines(
            Configuration configuration, Query query, String source, String feed, boolean replays, WallTime wall) {
        this.configuration = configuration;
        this.query = query;
        this.source = source;
        this.feed = feed;
        this.replays = replays;
        this.wall = wall;
    }

    @Override
    public boolean next() throws IOException, InterruptedException {
        while (!ended) {
            if (connection == null) {
                connect();
            }
            try {
                String text = connection.take();
                backoff.reset();
                if (text.isBlank()) {
                    continue;
                }
                Notice notice = Notice.in(text);
                if (notice == Notice.ALL_DELIVERED) {
                    ended = true;
                } else if (notice == Notice.OF_THIS_CONNECTION) {
                    handOut(text);
                    return true;
                } else {
                    receivedOnConnection++;
                    if (isNew(text)) {
                        ordinal++;
                        handOut(text);
                        return true;
                    }
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                failed(e);
            }
        }
        close();
        return false;
    }

    private void connect() {
        connections++;
        receivedOnConnection = 0;
        connection = Connection.open(configuration, query);
    }

    private boolean isNew(String text) {
        if (replays) {
            return receivedOnConnection > ordinal;
        }
        // Only a new connection may bring again what an earlier one had brought.
        return ids.add(text) || connections == 1;
    }

    private void handOut(String text) {
        line = text.getBytes(StandardCharsets.UTF_8);
        length = line.length <= MAX_LINE ? line.length : MAX_LINE / 2;
        bytesRead += line.length;
    }

    private void failed(Exception cause) throws IOException, InterruptedException {
        connection.close();
        connection = null;
        int status = status(cause);
        // Before anything has come, asking the same again brings the same; later the server may be the one that is
        // wrong.
        if (REFUSALS.contains(status) && ordinal == 0) {
            ended = true;
            throw new IOException("the stream is refused with " + reason(cause, status));
        }
        long wait = backoff.next(status);
        LOG.warn("{}: {}; connecting again in {} ms", source, reason(cause, status), wait);
        wall.sleep(wait * 1_000_000);
    }

    /** HTTP status of a response, or anything below 200 where there was none. */
    private static int status(Throwable cause) {
        if (cause instanceof TwitterException failure && failure.getStatusCode() > 0) {
            return failure.getStatusCode();
        }
        // The library loses the status of a response without a body; what it stands on says it in words.
        for (Throwable deeper = cause; deeper != null; deeper = deeper.getCause()) {
            Matcher words = STATUS_IN_WORDS.matcher(String.valueOf(deeper.getMessage()));
            if (deeper instanceof FileNotFoundException) {
                return 404;
            } else if (words.find()) {
                return Integer.parseInt(words.group(1));
            }
        }
        return 0;
    }

    private static String reason(Exception cause, int status) {
        return switch (status) {
            case 401 -> "HTTP 401: check the credentials in twitter4j.properties, and the clock";
            case 403 -> "HTTP 403: this account may not read this stream";
            case 404 -> "HTTP 404: there is no such stream at this address";
            case 406, 413, 416 -> "HTTP " + status + ": check track, follow and locations";
            case Backoff.ENHANCE_YOUR_CALM -> "HTTP 420: connected too often, or more than once with this account";
            default -> {
                // The library's own words for any break are "Stream closed."
                Throwable deeper = cause.getCause() != null ? cause.getCause() : cause;
                String message = deeper.getMessage() == null ? deeper.toString() : deeper.getMessage();
                yield status > 200
                        ? "HTTP " + status
                        : message.lines().findFirst().orElse(message);
            }
        };
    }

    @Override
    public byte[] bytes() {
        return line;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public long fullLength() {
        return line.length;
    }

    @Override
    public String fault() {
        return null;
    }

    @Override
    public long ordinal() {
        return ordinal;
    }

    @Override
    public String origin() {
        return feed;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public long bytesTotal() {
        return -1;
    }

    @Override
    public void close() {
        ended = true;
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
