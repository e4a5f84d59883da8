package freshet.ingest.pipeline;

import freshet.ingest.source.Lines;
import freshet.ingest.source.Source;
import freshet.ingest.source.WallTime;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One source into one stream, from start to end. The topics must exist; {@code start} says in one line if they or the
 * broker don't. {@link #awaitEnd} returns when the source has ended, {@link #close} ends it before.
 */
public final class Ingest implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
    private static final long CLOSE_SECONDS = 5;

    private final IngestConfig config;
    private final Source source;
    private final WallTime wall;
    private final Counts counts = new Counts();
    private final CompletableFuture<Summary> end = new CompletableFuture<>();

    private PostsLog log;
    private volatile Lines lines;
    private Publisher publisher;
    private Thread thread;
    private volatile long eventTime = -1;
    private volatile boolean draining;

    public Ingest(IngestConfig config, Source source, MeterRegistry metrics) {
        this(config, source, metrics, WallTime.SYSTEM);
    }

    Ingest(IngestConfig config, Source source, MeterRegistry metrics, WallTime wall) {
        this.config = config;
        this.source = source;
        this.wall = wall;
        counts.register(metrics, source.name());
    }

    /**
     * Connects, looks where an earlier run stopped, and begins.
     *
     * @throws IOException with one line that says what is wrong and what to do
     */
    public void start() throws IOException, InterruptedException {
        start(KafkaPostsLog.connect(
                config.bootstrapServers(), config.stream(), config.clientSettings(), counts.acknowledged::increment));
    }

    void start(PostsLog connected) throws IOException {
        log = connected;
        try {
            boolean live = config.stream().isLive();
            boolean resumes = source.kind() != Source.Kind.FRESH;
            publisher = new Publisher(log, config.stream(), source.name(), resumes, !live, counts);
            if (publisher.isComplete()) {
                LOG.info("{} is in the log already, to its end", source.description());
                end.complete(summary(true));
                return;
            }
            long after = publisher.resumePoint();
            if (after >= 0) {
                LOG.info("{} goes on after line {}", source.description(), after);
            }
            lines = source.open(after);
        } catch (IOException | RuntimeException e) {
            log.close();
            throw e;
        }
        thread = new Thread(this::run, "ingest-" + source.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        boolean live = config.stream().isLive();
        long skew = config.allowedSkew().toMillis();
        TimeCheck check = live ? TimeCheck.live(wall::millis, skew) : new RecordingTimeCheck(skew);
        // A live stream's posts come when they come.
        Pace pace = new Pace(live ? Speed.MAX : config.speed(), wall);
        RecentAuthors authors = new RecentAuthors(RecentAuthors.DEFAULT_CAPACITY);
        Intake intake = new Intake(check, publisher, pace, authors, live ? wall::millis : publisher::clock, counts);
        try {
            boolean ended = source.kind() == Source.Kind.RECORDING ? takeAhead(intake) : takeEach(intake);
            if (ended) {
                intake.end(config.lateness().toMillis());
            }
            end.complete(summary(ended));
        } catch (InterruptedException e) {
            end.complete(summary(false));
        } catch (IOException | RuntimeException | Error e) {
            LOG.debug("{} ended", source.name(), e);
            end.completeExceptionally(e);
        }
    }

    /** Takes line by line as they come; returns whether the source has ended. */
    private boolean takeEach(Intake intake) throws IOException, InterruptedException {
        LineReading reading = new LineReading(counts);
        Lines open = lines;
        while (!draining) {
            if (!open.next()) {
                return true;
            }
            Entry entry = reading.read(open);
            if (entry != null) {
                take(intake, entry);
            }
        }
        return false;
    }

    /** Takes lines that another thread reads ahead; returns whether the source has ended. */
    private boolean takeAhead(Intake intake) throws IOException, InterruptedException {
        ReadAhead ahead = new ReadAhead(lines, new LineReading(counts), "ingest-read-" + source.name());
        ahead.start();
        try {
            for (List<Entry> entries = ahead.next(); entries != null; entries = ahead.next()) {
                for (Entry entry : entries) {
                    if (draining) {
                        return false;
                    }
                    take(intake, entry);
                }
            }
            return true;
        } finally {
            ahead.stop();
        }
    }

    private void take(Intake intake, Entry entry) throws InterruptedException {
        intake.take(entry);
        eventTime = publisher.clock();
    }

    private Summary summary(boolean complete) {
        Lines open = lines;
        return Summary.of(
                counts,
                eventTime,
                open == null ? 0 : open.bytesRead(),
                open == null ? -1 : open.bytesTotal(),
                complete);
    }

    /** Whether it has begun and goes on, or has come to its end. */
    public boolean ready() {
        return thread != null || end.isDone();
    }

    /** What has been done so far. */
    public Summary progress() {
        return end.isDone() && !end.isCompletedExceptionally() ? end.join() : summary(false);
    }

    /**
     * Waits for the source's end.
     *
     * @throws IOException with one line that says why it ended before
     */
    public Summary awaitEnd() throws IOException, InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IOException(source.description() + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** Stops reading, lets the log acknowledge what it was given, and lets go of everything, within seconds. */
    @Override
    public void close() {
        draining = true;
        if (thread != null) {
            thread.interrupt();
            try {
                end.get(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (TimeoutException e) {
                LOG.debug("{} still waits for input", source.name());
            } catch (ExecutionException e) {
                LOG.debug("{} had failed", source.name(), e);
            }
        }
        try {
            if (lines != null && end.isDone()) {
                lines.close();
            }
            if (log != null) {
                log.close();
            }
        } catch (IOException e) {
            LOG.warn("closing {}: {}", source.description(), e.getMessage());
        }
        end.complete(summary(false));
    }
}
