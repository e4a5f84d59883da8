package freshet.trends.extract;

import com.carrotsearch.hppc.LongArrayList;
import freshet.ingest.contract.MalformedRecordException;
import freshet.ingest.contract.Post;
import freshet.ingest.contract.PostsRecord;
import freshet.ingest.contract.Retraction;
import freshet.trends.contract.Compact;
import freshet.trends.contract.Hash64;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * Extracts one partition of {@code posts}. Not thread-safe; no I/O, no clock but the posts' own.
 *
 * <p>With {@code clock(i)} the newest time of all posts and markers before record i: a post is late when it is older than
 * {@code clock(i) - lateness}; a duplicate when it occurred in a record k with {@code clock(i) - clock(k + 1) <= 1 hour};
 * a retraction takes back the counted posts among the records k with
 * {@code clock(i) - clock(k + 1) <= longest window + lateness}. A retraction does not move the clock.
 */
public final class PartitionExtract {

    /** What a record was. */
    public enum Outcome {
        COUNTED,
        LATE,
        DUPLICATE,
        MARKER,
        RETRACTED,
        /** The retracted post is unknown, out of reach, late, a duplicate or already retracted. */
        NOTHING_RETRACTED
    }

    /** Rows are handed over when this many bytes of them wait, however short the time. */
    private static final int PENDING_BYTES_MAX = 256 * 1024;

    private final Uuid topic;
    private final int partition;
    private final int partitions;
    private final int targets;
    private final ExtractSettings settings;
    private final RecentPosts recent;
    private final Rereading rereading;
    private final Journal journal;
    private final Compact.Writer scratch = new Compact.Writer(512);

    private long newest = Long.MIN_VALUE;
    private long begun;
    private long handedOver;
    private long next;
    private List<List<Row>> pending;
    private int pendingBytes;

    /**
     * Begins at the start of the log; call {@link #begin} or {@link #resume} first.
     *
     * @param topic id of {@code posts}
     * @param partitions how many partitions it has
     * @param targets how many partitions {@code hashtag-uses} has
     */
    public PartitionExtract(Uuid topic, int partition, int partitions, int targets, ExtractSettings settings) {
        this.topic = topic;
        this.partition = partition;
        this.partitions = partitions;
        this.targets = targets;
        this.settings = settings;
        this.journal = new Journal(settings.remembered());
        this.recent = new RecentPosts(settings.remembered(), journal::add);
        this.rereading = new Rereading(settings.horizon());
        this.pending = empty();
    }

    /** Nothing was ever extracted: begins with the first record of the log. */
    public void begin(long logStart) {
        rereading.begin(logStart, newest);
        recent.begin(logStart, newest);
        begun = logStart;
        handedOver = logStart;
        next = logStart;
    }

    /**
     * Goes on from a commit, by reading what came before it again.
     *
     * @param committed the offset before which everything has been handed over
     * @param note what {@link #note} said then
     * @return the offset to begin reading at: records before {@code committed} only bring the state back
     * @throws IllegalArgumentException with one line for the user, when the note doesn't fit
     */
    public long resume(long committed, String note) {
        ExtractNote known = known(committed, note);
        goOn(committed, known);
        newest = known.clockBefore();
        next = known.rereadFrom();
        recent.begin(next, newest);
        return next;
    }

    /** Reads blocks where they are kept. */
    public interface StoredBlocks {

        /** What takes them. */
        interface Taker {
            void take(long at, byte[] block) throws IOException;
        }

        /** Hands over what stands at these offsets, the last one included, in order, or throws. */
        void read(long from, long to, Taker taker) throws IOException;
    }

    /**
     * Goes on from a commit with what {@link #journal} gave until then.
     *
     * @return the offset to begin reading at, as above: {@code committed}, where there is a journal
     * @throws IOException with one line that says why the blocks can't be read; this object is not to be used again
     * @throws IllegalArgumentException with one line for the user, when the note doesn't fit
     */
    public long resume(long committed, String note, StoredBlocks stored) throws IOException {
        ExtractNote known = known(committed, note);
        if (known.journalTo() == ExtractNote.NO_JOURNAL) {
            return resume(committed, note);
        }
        goOn(committed, known);
        next = Long.MIN_VALUE;
        stored.read(known.journalFrom(), known.journalTo(), (at, bytes) -> restore(at, bytes, committed));
        if (next != committed) {
            throw new IOException("it ends at offset " + next + " and not at " + committed);
        }
        recent.begin(next, newest);
        return next;
    }

    /** Where several have written the same stretch, each block that continues what is there will do. */
    private void restore(long at, byte[] bytes, long committed) throws IOException {
        PostBlock block = PostBlock.of(bytes);
        if (next == Long.MIN_VALUE) {
            next = block.from();
        }
        if (block.from() > next || block.to() <= next || block.to() > committed) {
            return;
        }
        recent.restore(block, next);
        journal.stands(at, block);
        newest = block.clockAfter();
        next = block.to();
        if (newest != Long.MIN_VALUE) {
            rereading.advanced(next, newest);
        }
    }

    private void goOn(long committed, ExtractNote known) {
        rereading.begin(known.rereadFrom(), known.clockBefore());
        begun = known.begun();
        handedOver = committed;
    }

    private ExtractNote known(long committed, String note) {
        ExtractNote known = ExtractNote.parse(note);
        if (!known.topic().equals(topic)) {
            throw new IllegalArgumentException(
                    "the topic of the posts was deleted and made anew since offset " + committed + " of partition "
                            + partition + " was committed; delete this stream's other topics and groups too");
        }
        if (known.partitions() != partitions || known.targets() != targets) {
            throw new IllegalArgumentException(
                    "partition counts have changed, posts from " + known.partitions() + " to "
                            + partitions + ", hashtag-uses from " + known.targets() + " to " + targets
                            + ": keys have moved; start a new stream");
        }
        return known;
    }

    /**
     * Takes the next record; offsets ascend, and may skip what is no record.
     *
     * @param timestamp the record's own
     * @throws MalformedRecordException when it is no record of {@code posts}, with one line that says why; it counts as read
     */
    public Outcome apply(long offset, long timestamp, byte[] value) throws MalformedRecordException {
        if (offset < next) {
            throw new IllegalStateException("offset " + offset + " of posts-" + partition + " comes after " + next);
        }
        next = offset + 1;
        PostsRecord record = PostReader.read(value, timestamp);
        if (record instanceof Post post) {
            return post(post, offset);
        }
        if (record instanceof Retraction retraction) {
            return retract(retraction, offset);
        }
        advance(record.time());
        return Outcome.MARKER;
    }

    private Outcome post(Post post, long offset) {
        boolean late = newest != Long.MIN_VALUE && post.time() < newest - settings.lateness();
        boolean duplicate = recent.seen(post.source(), post.id(), since(ExtractSettings.DUPLICATES));
        long before = newest;
        advance(post.time());
        ExtractedPost extracted = PostReader.extract(post, offset);
        recent.add(extracted, before, newest, !late && !duplicate);
        if (duplicate) {
            return Outcome.DUPLICATE;
        }
        if (late) {
            add((int) (offset % targets), extracted.lateRow());
            return Outcome.LATE;
        }
        rows(extracted, offset, 1, HashtagUses.NO_WATERMARK);
        return Outcome.COUNTED;
    }

    private Outcome retract(Retraction retraction, long offset) {
        long since = since(settings.retractions());
        LongArrayList candidates = retraction.post() != null
                ? recent.occurrences(retraction.source(), retraction.post(), since)
                : recent.byAuthor(Hash64.author(retraction.source(), retraction.author()), since);
        LongArrayList taken = new LongArrayList();
        int bytes = 0;
        for (int i = 0; i < candidates.size() && bytes < ExtractSettings.RETRACTION_BYTES_MAX; i++) {
            long n = candidates.get(i);
            if (recent.counted(n)) {
                ExtractedPost post = recent.post(n);
                scratch.clear();
                post.write(scratch);
                bytes += scratch.size();
                rows(post, offset, -1, watermark());
                taken.add(n);
            }
        }
        recent.retract(taken, offset, newest);
        return taken.isEmpty() ? Outcome.NOTHING_RETRACTED : Outcome.RETRACTED;
    }

    /** A row for every target partition that counts one of the tags or the total. */
    private void rows(ExtractedPost post, long at, int sign, long holdsFrom) {
        if (at < handedOver) {
            return;
        }
        if (post.uses().isEmpty()) {
            int target = (int) (post.offset() % targets);
            add(target, post.row(at, sign, holdsFrom, false, true, List.of(), List.of()));
            return;
        }
        List<String> tags = post.uses().stream().map(Use::tag).toList();
        int[] target = new int[tags.size()];
        for (int i = 0; i < target.length; i++) {
            target[i] = Hash64.partition(tags.get(i), targets);
        }
        for (int i = 0; i < target.length; i++) {
            if (firstAt(target, i)) {
                List<Use> here = new ArrayList<>(1);
                for (int j = i; j < target.length; j++) {
                    if (target[j] == target[i]) {
                        here.add(post.uses().get(j));
                    }
                }
                add(target[i], post.row(at, sign, holdsFrom, false, i == 0, here, tags));
            }
        }
    }

    private static boolean firstAt(int[] target, int i) {
        for (int j = 0; j < i; j++) {
            if (target[j] == target[i]) {
                return false;
            }
        }
        return true;
    }

    private void add(int target, Row row) {
        if (row.at() >= handedOver) {
            pending.get(target).add(row);
            pendingBytes += 64 + row.postId().length() + 16 * row.tags().size();
        }
    }

    private void advance(long time) {
        if (time > newest) {
            newest = time;
            rereading.advanced(next, newest);
        }
    }

    private long since(long stretch) {
        return newest == Long.MIN_VALUE ? newest : newest - stretch;
    }

    private long watermark() {
        return newest == Long.MIN_VALUE ? HashtagUses.NO_WATERMARK : newest - settings.lateness();
    }

    /** Whether so much waits that it should be handed over now. */
    public boolean full() {
        return pendingBytes >= PENDING_BYTES_MAX;
    }

    /** Whether records are still being read only to bring the state back. */
    public boolean rereading() {
        return next < handedOver;
    }

    /**
     * Hands over what has come since the last time.
     *
     * @return one batch for each target partition, by number; none when no record has come
     */
    public List<HashtagUses> flush() {
        if (next <= handedOver) {
            return List.of();
        }
        List<HashtagUses> batches = new ArrayList<>(targets);
        for (List<Row> rows : pending) {
            batches.add(new HashtagUses(topic, partition, partitions, begun, handedOver, next, watermark(), rows));
        }
        pending = empty();
        pendingBytes = 0;
        handedOver = next;
        return batches;
    }

    /** The offset before which everything has been handed over. */
    public long handedOver() {
        return handedOver;
    }

    /** Blocks of what must be remembered since the last ones, to be kept in this order; right after a flush. */
    public List<byte[]> journal() {
        recent.seal(next, newest);
        return journal.unwritten();
    }

    /** Where the blocks of {@link #journal} are kept from now on. */
    public void journaled(List<Long> offsets) {
        journal.written(offsets);
    }

    /** The offset before which no block is needed once {@link #note} is committed; negative for none. */
    public long journalNeededFrom() {
        return journal.first();
    }

    /** What to commit beside {@link #handedOver} for those who go on; right after a flush and what it journaled. */
    public String note() {
        Rereading.Mark start = rereading.start();
        return new ExtractNote(
                        topic,
                        partitions,
                        targets,
                        begun,
                        start.offset(),
                        start.clock(),
                        journal.first(),
                        journal.last())
                .toString();
    }

    /** Newest event time so far; {@link Long#MIN_VALUE} for none. */
    public long newest() {
        return newest;
    }

    private List<List<Row>> empty() {
        List<List<Row>> lists = new ArrayList<>(targets);
        for (int i = 0; i < targets; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }
}
