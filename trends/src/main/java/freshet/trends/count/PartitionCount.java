package freshet.trends.count;

import freshet.trends.contract.Compact;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Early;
import freshet.trends.contract.TrendCandidates.Slide;
import freshet.trends.count.Retractions.Pending;
import freshet.trends.time.Watermarks;
import freshet.trends.time.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * Counts one partition of {@code hashtag-uses}. Each batch says which offsets of its source partition it covers; a row is
 * applied when its offset is past what has been applied from that partition, so that redelivered, overlapping and belated
 * batches change nothing. A slide closes when the watermarks of all source partitions have reached its end.
 *
 * <p>Not thread-safe; no call blocks.
 */
public final class PartitionCount {

    /** A record of candidates is cut when it has about this many bytes. */
    private static final int RECORD_BYTES = 256 * 1024;

    private static final int CANDIDATE_BYTES = 700;
    private static final int EARLY_USES_MAX = 50_000;
    /** A source partition further behind the newest, in milliseconds, is not heard. */
    private static final long HEARD_WITHIN = 5_000;

    private final CountConfig config;
    private final int partition;
    private final int partitions;
    private final long longest;

    final TagTable tags;
    final UseLog log;
    final OpenUses open;
    final Retractions retractions = new Retractions();
    final Totals totals;
    final List<WindowCount> windows = new ArrayList<>();
    Uuid sourceTopic;
    long[] applied;
    Watermarks watermarks;
    long closedTo = Watermarks.UNKNOWN;
    long sealedTo = Watermarks.UNKNOWN;
    long lateUses;
    long unmatchedRetractions;
    long forgottenUses;

    private final Thinning thinning;
    private final LeastUsed leastUsed;
    private final Compact.Writer scratch = new Compact.Writer(256);
    private final List<TrendCandidates> finished = new ArrayList<>();
    private List<Slide> slides = new ArrayList<>();
    private int slideCandidates;
    private long toldTo = Watermarks.UNKNOWN;

    public PartitionCount(CountConfig config, int partition, int partitions) {
        this.config = config;
        this.partition = partition;
        this.partitions = partitions;
        this.longest = config.windows().longest();
        long pane = config.windows().pane();
        tags = new TagTable(pane);
        log = new UseLog(tags, pane);
        open = new OpenUses(pane);
        totals = new Totals(pane);
        CandidateWriter writer = new CandidateWriter(config, tags, log);
        for (Window window : config.windows().all()) {
            windows.add(new WindowCount(window, config, tags, log, writer));
        }
        thinning = new Thinning(config, tags, log, windows);
        leastUsed = new LeastUsed(config, tags, log, windows);
    }

    /**
     * Applies a batch as far as it is new, and closes what it brings to a close.
     *
     * @return whether anything of it was new
     * @throws IllegalStateException when it begins after what has been applied (a gap: something was lost), or comes from
     *     another topic than those before it
     */
    public boolean apply(HashtagUses batch) {
        meet(batch);
        int source = batch.sourcePartition();
        if (batch.to() <= applied[source]) {
            return false;
        }
        long have = applied[source] >= 0 ? applied[source] : batch.begun();
        if (batch.from() > have) {
            throw new IllegalStateException("hashtag-uses partition " + partition + " has a gap: of posts partition "
                    + source + " everything before offset " + have + " is counted and the next batch begins at "
                    + batch.from() + "; something was lost between extract and count, so nothing after it is counted");
        }
        for (Row row : batch.rows()) {
            if (row.at() >= have) {
                apply(source, row);
            }
        }
        applied[source] = batch.to();
        watermarks.advance(source, batch.watermark());
        close(watermarks.all());
        return true;
    }

    private void meet(HashtagUses batch) {
        if (sourceTopic == null) {
            sourceTopic = batch.sourceTopic();
            watermarks = new Watermarks(batch.sourcePartitions());
            applied = new long[batch.sourcePartitions()];
            Arrays.fill(applied, -1);
        } else if (!sourceTopic.equals(batch.sourceTopic())) {
            throw new IllegalStateException("hashtag-uses partition " + partition + " was counted from topic id "
                    + sourceTopic + " and now comes from " + batch.sourceTopic()
                    + ": posts was deleted and made anew; delete the stream's other topics too");
        } else if (batch.sourcePartitions() != applied.length) {
            throw new IllegalStateException("posts had " + applied.length + " partitions and now has "
                    + batch.sourcePartitions() + "; a stream's partition counts are fixed, since keys would move");
        }
    }

    private void apply(int source, Row row) {
        if (row.late() || (row.sign() > 0 && row.time() < closedTo)) {
            // The second can only be where the lateness was raised after slides had closed by the lower one.
            lateUses += row.uses().size();
        } else if (row.sign() > 0) {
            if (row.total()) {
                totals.add(row.time());
            }
            for (Use use : row.uses()) {
                byte[] detail = UseDetail.pack(row, use, scratch);
                open.add(row.time(), source, row.offset(), tags.acquire(use.tag()), row.author(), detail);
            }
        } else {
            retract(source, row);
        }
    }

    private void retract(int source, Row row) {
        // Windows that end before the post's own time don't hold it; waiting for that time keeps it findable.
        long holdsFrom = Math.max(row.holdsFrom(), row.time());
        if (row.total()) {
            totals.retract(row.time(), holdsFrom);
        }
        for (Use use : row.uses()) {
            int tag = tags.acquire(use.tag());
            retractions.add(
                    new Pending(holdsFrom, row.at(), row.time(), source, row.offset(), row.author(), tag, use.tag()));
        }
    }

    private void close(long watermark) {
        if (watermark == Watermarks.UNKNOWN) {
            return;
        }
        while (true) {
            // Asked anew each time: rows that were to leave a window may have been dropped.
            WindowCount next = null;
            long end = Long.MAX_VALUE;
            for (WindowCount window : windows) {
                long windowEnd = window.nextEnd(open.isEmpty() ? Long.MAX_VALUE : open.firstPane());
                if (windowEnd < end) {
                    next = window;
                    end = windowEnd;
                }
            }
            if (next == null || end > watermark) {
                break;
            }
            reach(end);
            Slide slide = next.close(end);
            if (slide != null) {
                slides.add(slide);
                slideCandidates += slide.candidates().size();
            }
            trim();
        }
        closedTo = Math.max(closedTo, watermark);
    }

    /** Brings the log to the state that windows ending at {@code end} see. */
    private void reach(long end) {
        if (end == sealedTo) {
            return;
        }
        if (slideCandidates * CANDIDATE_BYTES >= RECORD_BYTES) {
            tell(sealedTo);
        }
        open.seal(end, (time, source, offset, tag, author, detail) -> {
            if (log.append(time, source, offset, tag, author, detail)) {
                thinning.added(tag);
            } else {
                tags.release(tag);
            }
        });
        thinning.thin();
        forgottenUses += leastUsed.makeRoom();
        if (log.closeHoles()) {
            windows.forEach(WindowCount::findPlace);
        }
        sealedTo = end;
        retractions.holdingBefore(end, this::takeOut);
    }

    private void takeOut(Pending retraction) {
        HeavyTag heavy = tags.heavy(retraction.tag());
        long own = log.find(retraction.time(), retraction.source(), retraction.offset(), retraction.tag());
        boolean counted =
                heavy != null ? heavy.uses().remove(retraction.time()) : own != TagTable.NO_ROW && log.live(own) > 0;
        if (counted) {
            // Of a heavy tag the use may stand in another's row, or in none.
            long row = heavy == null ? own : log.rowInPane(retraction.tag(), retraction.author(), retraction.time());
            if (row != TagTable.NO_ROW && log.live(row) == 1) {
                windows.forEach(window -> window.retract(row));
                log.retract(row);
            } else if (row != TagTable.NO_ROW) {
                log.live(row, log.live(row) - 1);
            }
            if (own != TagTable.NO_ROW) {
                log.packedDetail(own, UseRows.NO_DETAIL);
            }
        } else {
            unmatchedRetractions++;
        }
        tags.release(retraction.tag());
    }

    private void trim() {
        long oldest = Long.MAX_VALUE;
        for (WindowCount window : windows) {
            oldest = Math.min(oldest, window.tail());
        }
        log.trim(oldest);
        for (HeavyTag heavy : tags.heavyTags()) {
            heavy.uses().forgetBefore(sealedTo - longest);
        }
    }

    /** What has closed since the last call, cut into records of moderate size. */
    public List<TrendCandidates> flush() {
        if (closedTo > toldTo) {
            tell(closedTo);
        }
        List<TrendCandidates> told = List.copyOf(finished);
        finished.clear();
        return told;
    }

    private void tell(long to) {
        finished.add(new TrendCandidates(partition, partitions, null, toldTo, to, totals.take(to), slides));
        slides = new ArrayList<>();
        slideCandidates = 0;
        toldTo = to;
    }

    /**
     * What the newest slide of each window looks like so far, for people who wait; changes nothing.
     *
     * @param now event time up to which slides may be shown
     * @return null where nothing is newer than what has closed, or where so much is open that the look would cost more
     *     than it shows
     */
    public TrendCandidates early(long now) {
        if (watermarks == null || open.size() > EARLY_USES_MAX) {
            return null;
        }
        long logEnd = log.end();
        open.forEachBefore(now, log::append);
        List<Slide> newest = new ArrayList<>();
        for (WindowCount window : windows) {
            long end = window.window().endAfter(now) - window.window().slide();
            if (end > closedTo && end > window.lastEnd()) {
                newest.add(window.preview(end));
            }
        }
        log.truncate(logEnd);
        if (newest.isEmpty()) {
            return null;
        }
        Early early = new Early(watermarks.reached(watermarks.furthest() - HEARD_WITHIN), watermarks.partitions());
        return new TrendCandidates(partition, partitions, early, toldTo, toldTo, totals.open(), newest);
    }

    /**
     * Writes all state; equal states give equal bytes, whatever the order in which batches of different sources came.
     *
     * @throws IllegalStateException when something has closed that {@link #flush} has not handed over
     */
    public void snapshot(DataOutput out) throws IOException {
        if (closedTo > toldTo || !finished.isEmpty()) {
            throw new IllegalStateException("a snapshot before a flush would lose what has closed");
        }
        new Snapshot(config, partition, partitions).write(this, out);
    }

    /**
     * Takes up where a snapshot left off.
     *
     * @throws IOException with one line that says why the snapshot cannot be read
     */
    public static PartitionCount restore(CountConfig config, int partition, int partitions, DataInput in)
            throws IOException {
        PartitionCount count = new PartitionCount(config, partition, partitions);
        new Snapshot(config, partition, partitions).read(count, in);
        count.toldTo = count.closedTo;
        return count;
    }

    /** Offset up to which a source partition has been applied, or -1 where nothing came from it yet. */
    public long applied(int source) {
        return applied == null ? -1 : applied[source];
    }

    /** Event time up to which all slides have closed, or {@link Watermarks#UNKNOWN}. */
    public long closedTo() {
        return closedTo;
    }

    /** Watermarks of the source partitions, or null before the first batch. */
    public Watermarks watermarks() {
        return watermarks;
    }

    /** Uses by posts that were late; they count nowhere else. */
    public long lateUses() {
        return lateUses;
    }

    /** Retracted uses that had left all windows, or were never counted. */
    public long unmatchedRetractions() {
        return unmatchedRetractions;
    }

    /** Uses of tags that were forgotten since there were too many: where there are none, every count is right. */
    public long forgottenUses() {
        return forgottenUses;
    }

    /** Uses in memory, of heavy tags those that are kept. */
    public long usesHeld() {
        return log.size() + open.size();
    }

    /** Tags with a use in memory. */
    public int tagsHeld() {
        return tags.size();
    }
}
