package freshet.ingest.pipeline;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The check of a recording, a function of its lines alone. A post further ahead of the median of the last hundred than
 * the allowed skew is either one bad clock or the end of a gap (a night, an outage), and what follows tells which: after
 * a gap the posts that follow are as late, after a bad clock they go on as before. So a suspect waits for the next
 * {@value #WITNESSES} dated lines by others and is rejected when most of them lie before it by more than the allowed
 * skew. Old posts are merely late, except at the very beginning, where nothing is there yet for them to be late by: the
 * first post is rejected too when most of those that follow are more than a day ahead of it.
 *
 * <p>Where the recording ends before there are enough witnesses, those that there are decide, but nothing more than a day
 * ahead is believed. At most {@value #HELD_MAX} lines or 8 MiB wait, also where one author alone fills a recording.
 */
final class RecordingTimeCheck implements TimeCheck {

    static final int WITNESSES = 8;
    static final int HELD_MAX = 64;
    private static final long HELD_BYTES_MAX = 8L << 20;
    private static final long DAY = 86_400_000;

    private final long allowedSkew;
    private final RecentTimes recent = new RecentTimes(100);
    private final ArrayDeque<Entry> held = new ArrayDeque<>();
    private long heldBytes;
    private long newest = Long.MIN_VALUE;

    RecordingTimeCheck(long allowedSkewMillis) {
        this.allowedSkew = allowedSkewMillis;
    }

    @Override
    public void offer(Entry entry, Sink sink) throws InterruptedException {
        if (held.isEmpty() && !isSuspect(entry)) {
            believe(entry, sink);
            return;
        }
        entry.keep();
        held.add(entry);
        heldBytes += entry.length();
        settle(sink, false);
    }

    @Override
    public void end(Sink sink) throws InterruptedException {
        settle(sink, true);
    }

    private void settle(Sink sink, boolean ended) throws InterruptedException {
        while (!held.isEmpty()) {
            Entry first = held.peek();
            if (isSuspect(first)) {
                boolean full = held.size() >= HELD_MAX || heldBytes >= HELD_BYTES_MAX;
                if (!judge(first, ended || full)) {
                    return;
                }
            }
            held.remove();
            heldBytes -= first.length();
            believe(first, sink);
        }
    }

    private boolean isSuspect(Entry entry) {
        return entry.isDated() && (recent.isEmpty() || entry.time() - recent.median() > allowedSkew);
    }

    private void believe(Entry entry, Sink sink) throws InterruptedException {
        if (entry.isDated()) {
            recent.add(entry.time());
            newest = Math.max(newest, entry.time());
        }
        sink.accept(entry);
    }

    /** Decides the first of those that wait, if it can be decided yet. */
    private boolean judge(Entry suspect, boolean noMoreToCome) {
        int witnesses = 0;
        int before = 0;
        int farAhead = 0;
        Iterator<Entry> following = held.iterator();
        following.next();
        while (following.hasNext() && witnesses < WITNESSES) {
            Entry witness = following.next();
            if (!witness.isDated() || witness.sameAuthor(suspect)) {
                continue;
            }
            witnesses++;
            if (suspect.time() - witness.time() > allowedSkew) {
                before++;
            } else if (witness.time() - suspect.time() > DAY) {
                farAhead++;
            }
        }
        if (witnesses < WITNESSES && !noMoreToCome) {
            return false;
        }
        if (2 * before > witnesses) {
            suspect.reject(
                    recent.isEmpty()
                            ? "dated far ahead of the posts that follow"
                            : ahead(
                                    suspect,
                                    recent.median(),
                                    "the median of the posts before it, and those that follow are not"));
        } else if (recent.isEmpty()) {
            if (2 * farAhead > witnesses) {
                suspect.reject("the first post, dated more than a day before those that follow");
            }
        } else if (witnesses < WITNESSES && suspect.time() - newest > DAY) {
            suspect.reject(ahead(suspect, newest, "the newest post before it, and too few follow to confirm it"));
        }
        return true;
    }

    private static String ahead(Entry suspect, long reference, String what) {
        return "dated " + Durations.brief(suspect.time() - reference) + " ahead of " + what;
    }
}
