package freshet.ingest.mock;

import freshet.ingest.source.Source;
import freshet.ingest.source.WallTime;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's play, on a thread of its own: reads, waits until a message is due, lets it through the filter, and
 * writes. With a pace, a client whose bound is full is disconnected; without one, reading waits for the client.
 */
final class ClientStream implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ClientStream.class);

    /** Messages that are due together leave together, up to so many bytes. */
    private static final int BATCH_BYTES = 32 * 1024;

    private static final long BATCH_NANOS = 100_000_000;

    private static final int WARN_PERCENT = 60;
    private static final long WARN_EVERY_NANOS = 300_000_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** Statuses of a filtered stream whose deletion would be told. */
    private static final int DELIVERED_KEPT = 100_000;

    private final MockConfig config;
    private final StreamRequest request;
    private final Failure failure;
    private final Source recording;
    private final Outlet outlet;
    private final WallTime wall;
    private final String name;
    private final Framing framing;
    private final long keepAliveNanos;
    private final StatusLimit limit;

    private final Set<String> delivered = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > DELIVERED_KEPT;
        }
    });

    private long round;
    private long sent;
    private long lastWrite;
    private long lastWarning;
    private Schedule schedule;
    private TimeShift shift;

    private boolean failureDone;
    private boolean over;

    ClientStream(
            MockConfig config,
            StreamRequest request,
            Failure failure,
            Source recording,
            Outlet outlet,
            WallTime wall,
            String name) {
        this.config = config;
        this.request = request;
        this.failure = failure;
        this.recording = recording;
        this.outlet = outlet;
        this.wall = wall;
        this.name = name;
        this.framing = new Framing(request.delimited(), request.gzip());
        this.keepAliveNanos = config.keepAlive().toNanos();
        this.limit = new StatusLimit(request.filter().hasPredicate() ? config.limitPerSecond() : 0);
    }

    @Override
    public void run() {
        lastWrite = wall.nanos();
        lastWarning = lastWrite - WARN_EVERY_NANOS;
        try {
            boolean again = true;
            while (again && !over) {
                again = playOnce() && config.loop();
                round++;
            }
            if (!over) {
                fail();
            }
            if (!over) {
                tell(limit.toTell(Long.MAX_VALUE));
                disconnect(Notices.ALL_DELIVERED, "the recording has been delivered");
            }
        } catch (InterruptedException e) {
            disconnect(Notices.SHUTDOWN, "the feed is shutting down");
        } catch (IOException | RuntimeException e) {
            LOG.warn("mock: {} can't be played to {}: {}", recording.description(), name, e.getMessage());
            disconnect(Notices.SHUTDOWN, "the recording can't be read");
        }
    }

    /** False where nothing came of it, so that an empty recording is not looped without end. */
    private boolean playOnce() throws IOException, InterruptedException {
        boolean any = false;
        schedule = null;
        boolean timed = !config.speed().isMax() || config.shiftToNow();
        try (Play play = new Play(recording, timed)) {
            for (Message message = play.next(); message != null && !over; message = play.next()) {
                any = true;
                fail();
                awaitDue(message);
                awaitRoom();
                if (!over) {
                    pass(message);
                }
            }
        }
        flush();
        return any;
    }

    private void awaitDue(Message message) throws InterruptedException {
        if (config.speed().isMax() || message.time() < 0) {
            return;
        }
        if (schedule == null) {
            schedule = new Schedule(message.time(), wall.nanos(), config.speed());
            shift = config.shiftToNow()
                    ? new TimeShift(
                            message.time(), wall.millis(), config.speed().factor(), round)
                    : null;
        }
        long due = schedule.due(message.time());
        if (due > wall.nanos()) {
            flush();
            waitUntil(due);
        }
    }

    /** Waits, with a sign of life in every silence that is long enough. */
    private void waitUntil(long nanos) throws InterruptedException {
        for (long now = wall.nanos(); now < nanos && !over; now = wall.nanos()) {
            long alive = lastWrite + keepAliveNanos;
            if (now >= alive) {
                framing.keepAlive();
                flush();
            } else {
                outlet.awaitChange(Math.min(nanos, alive) - now);
            }
            over |= outlet.isGone();
        }
    }

    private void awaitRoom() throws InterruptedException {
        if (outlet.isGone()) {
            over = true;
        } else if (config.speed().isMax()) {
            while (outlet.isFull() && !over) {
                outlet.awaitChange(SECOND_NANOS);
                over |= outlet.isGone();
            }
        } else if (outlet.isFull()) {
            LOG.warn("mock: {} fell behind by {} bytes and was disconnected", name, config.backlogBytes());
            disconnect(Notices.STALL, "the client fell too far behind");
        } else if (request.stallWarnings() && outlet.percentFull() >= WARN_PERCENT) {
            long now = wall.nanos();
            if (now - lastWarning >= WARN_EVERY_NANOS) {
                lastWarning = now;
                framing.message(Notices.fallingBehind(outlet.percentFull()));
            }
        }
    }

    private void pass(Message message) throws IOException {
        if (!passes(message)) {
            return;
        }
        Message shown = shift == null ? message : shift.move(message);
        framing.message(shown.json());
        sent++;
        if (framing.size() >= BATCH_BYTES || wall.nanos() - lastWrite >= BATCH_NANOS) {
            flush();
        }
    }

    /** A deletion is told to those who were sent the status; of what is neither, all. */
    private boolean passes(Message message) {
        Filter filter = request.filter();
        if (filter.letsAllThrough()) {
            return true;
        } else if (message.isStatus()) {
            return filter.matches(message.tree()) && isWithinLimit(message) && remember(message);
        }
        return !filter.hasPredicate() || !message.isDelete() || delivered.remove(message.statusId());
    }

    private boolean remember(Message status) {
        delivered.add(status.statusId());
        return true;
    }

    private boolean isWithinLimit(Message message) {
        boolean paced = schedule != null && message.time() >= 0;
        long second = (paced ? schedule.sinceBegin(message.time()) : wall.nanos()) / SECOND_NANOS;
        tell(limit.toTell(second));
        return limit.lets(second);
    }

    private void tell(long undelivered) {
        if (undelivered > 0) {
            framing.message(Notices.limit(undelivered, wall.millis()));
        }
    }

    private void fail() throws InterruptedException {
        if (sent != failure.after() || failureDone) {
            return;
        }
        failureDone = true;
        switch (failure.kind()) {
            case STALL -> {
                flush();
                while (!outlet.isGone()) {
                    outlet.awaitChange(SECOND_NANOS);
                }
                over = true;
            }
            case CUT -> {
                framing.part(Notices.bytes("{\"created_at\":\"Thu Jan 01 00:00:00 +0000 1970\"}"));
                flush();
                outlet.cut();
                over = true;
            }
            case DISCONNECT -> disconnect(failure.value(), "on request");
            case GARBAGE -> framing.message(Notices.bytes("{\"created_at\":\"on request, no JSON"));
            case WARNING -> framing.message(Notices.fallingBehind(WARN_PERCENT));
            default -> {}
        }
    }

    private void disconnect(int code, String reason) {
        over = true;
        framing.message(Notices.disconnect(code, name, reason));
        flush();
        outlet.end(framing.end(), code == Notices.ALL_DELIVERED);
    }

    private void flush() {
        if (framing.size() > 0) {
            outlet.write(framing.take());
            lastWrite = wall.nanos();
        }
    }
}
