package freshet.broker.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The open files of all logs, bounded: past the limit, the eighth that was used longest ago is retired. A retired channel
 * stays open for a grace period, because a response may still be sent from it; only if as many are retired as may be
 * open is the oldest closed early (whoever reads here opens it again, a response in flight fails and is asked for again).
 */
public final class OpenFiles implements AutoCloseable {
    private record Retired(FileChannel channel, long closeAtMs) {}

    private final FileOpener opener;
    private final InstantSource time;
    private final int max;
    private final long graceMs;
    private final Set<LogFile> open = new HashSet<>();
    private final ArrayDeque<Retired> retired = new ArrayDeque<>();
    private volatile long generation;

    public OpenFiles(FileOpener opener, InstantSource time, int max, long graceMs) {
        this.opener = opener;
        this.time = time;
        this.max = max;
        this.graceMs = graceMs;
    }

    /** A coarse clock of use: moves with every opening and every {@link #closeRetired}. */
    long generation() {
        return generation;
    }

    FileChannel open(Path path, OpenOption... options) throws IOException {
        return opener.open(path, options);
    }

    synchronized void opened(LogFile file) {
        generation++;
        open.add(file);
    }

    /** Keeps to the limit. Holds no lock while it lets go of files, for each has one of its own. */
    void trim() {
        List<LogFile> leastRecentlyUsed = List.of();
        synchronized (this) {
            if (open.size() > max) {
                List<LogFile> byAge = new ArrayList<>(open);
                byAge.sort(Comparator.comparingLong(LogFile::lastUsed));
                leastRecentlyUsed = byAge.subList(0, open.size() - max + max / 8);
            }
        }
        leastRecentlyUsed.forEach(LogFile::release);
    }

    synchronized void retire(LogFile file, FileChannel channel) {
        open.remove(file);
        retired.add(new Retired(channel, time.millis() + graceMs));
        if (retired.size() > max) {
            close(retired.poll().channel());
        }
    }

    /** Closes what has been retired for long enough. */
    public synchronized void closeRetired() {
        generation++;
        long now = time.millis();
        while (!retired.isEmpty() && retired.peek().closeAtMs() <= now) {
            close(retired.poll().channel());
        }
    }

    public synchronized int count() {
        return open.size() + retired.size();
    }

    /** Closes everything, at the end. */
    @Override
    public void close() {
        List<LogFile> all;
        synchronized (this) {
            all = List.copyOf(open);
        }
        all.forEach(LogFile::release);
        synchronized (this) {
            retired.forEach(r -> close(r.channel()));
            retired.clear();
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was left to write: what had to be on disk was forced before.
        }
    }
}
