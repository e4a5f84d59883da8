package freshet.trends.count;

import com.carrotsearch.hppc.IntArrayList;
import com.carrotsearch.hppc.IntHashSet;
import com.carrotsearch.hppc.LongArrayList;
import com.carrotsearch.hppc.LongIntHashMap;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Slide;
import freshet.trends.history.TagHistory;
import freshet.trends.score.Score;
import freshet.trends.score.Scorer;
import freshet.trends.time.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One window over the log: closes slide after slide, judges the tags whose count has changed and those that were
 * candidates, and learns their past at every end that is a multiple of the size. It jumps over slides in which nothing
 * can change, so that quiet stretches cost nothing.
 */
final class WindowCount {

    static final String ALL = "all";

    private static final long NEVER = Long.MAX_VALUE;
    private static final Comparator<Judged> BEST_FIRST = Comparator.comparingDouble(
                    (Judged judged) -> judged.score().score())
            .reversed()
            .thenComparing(Judged::name);

    private final Window window;
    private final CountConfig config;
    private final TagTable tags;
    private final UseLog log;
    private final CandidateWriter writer;
    private final SlidingCount count;
    private TagHistory history;
    private Scorer scorer;
    private long tail;
    private long head;
    private long lastEnd = Long.MIN_VALUE;
    private final IntArrayList candidates = new IntArrayList();

    WindowCount(Window window, CountConfig config, TagTable tags, UseLog log, CandidateWriter writer) {
        this.window = window;
        this.config = config;
        this.tags = tags;
        this.log = log;
        this.writer = writer;
        this.count = new SlidingCount(tags, config.exactUsesMax());
        history(new TagHistory(window.size(), config.historyTagsMax()));
    }

    Window window() {
        return window;
    }

    /**
     * The next end at which something may change.
     *
     * @param firstOpen start of the first pane with a use that is not in the log yet, or {@link Long#MAX_VALUE}
     */
    long nextEnd(long firstOpen) {
        if (!candidates.isEmpty()) {
            return lastEnd + window.slide();
        }
        long next = NEVER;
        head = log.skipHoles(head);
        tail = Math.min(head, log.skipHoles(tail));
        if (head < log.end()) {
            next = window.endAfter(log.time(head));
        } else if (firstOpen != NEVER) {
            next = window.endAfter(firstOpen);
        }
        if (tail < head) {
            next = Math.min(next, window.endWithout(log.time(tail)));
            next = Math.min(next, window.tumblingEndAfter(lastEnd));
        }
        return next;
    }

    /** Closes the window that ends at {@code end}; all uses before that are in the log. Null where it has no candidate. */
    Slide close(long end) {
        moveTo(end);
        List<Judged> judged = judge(end);
        remember(judged);
        if (window.isTumblingEnd(end)) {
            learn(end);
        }
        return judged.isEmpty() ? null : slide(end, judged);
    }

    /** What closing the window at {@code end} would give with what the log holds now; leaves everything as it was. */
    Slide preview(long end) {
        long oldTail = tail;
        long oldHead = head;
        long oldEnd = lastEnd;
        int[] touched = count.touched().toArray();
        moveTo(end);
        Slide slide = slide(end, judge(end));
        while (tail > oldTail) {
            tail--;
            add(tail, log.pairAfter(tail) < head);
        }
        while (head > oldHead) {
            head--;
            remove(head, log.pairBefore(head) >= tail);
        }
        lastEnd = oldEnd;
        count.forgetTouched();
        for (int tag : touched) {
            count.touch(tag);
        }
        return slide;
    }

    private void moveTo(long end) {
        for (; head < log.end() && log.time(head) < end; head++) {
            add(head, log.pairBefore(head) >= tail);
        }
        long begin = end - window.size();
        for (; tail < head && log.time(tail) < begin; tail++) {
            remove(tail, log.pairAfter(tail) < head);
        }
        lastEnd = end;
    }

    private void add(long row, boolean another) {
        int live = log.live(row);
        if (live > 0) {
            count.add(log.tag(row), another);
        } else if (live == 0) {
            count.addRetracted(log.tag(row), 1);
        }
    }

    private void remove(long row, boolean another) {
        int live = log.live(row);
        if (live > 0) {
            count.remove(log.tag(row), another);
        } else if (live == 0) {
            count.addRetracted(log.tag(row), -1);
        }
    }

    private List<Judged> judge(long end) {
        for (int i = 0; i < candidates.size(); i++) {
            count.touch(candidates.get(i));
        }
        IntArrayList touched = count.touched();
        long activity = count.activity();
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < touched.size(); i++) {
            int tag = touched.get(i);
            int authors = count.authors(tag);
            if (authors >= config.authorsMin()) {
                Score score = scorer.score(tags.hash(tag), authors, activity, end);
                if (score.score() >= config.scoreMin()) {
                    judged.add(new Judged(tag, tags.name(tag), score));
                }
            }
        }
        count.forgetTouched();
        judged.sort(BEST_FIRST);
        return judged.size() > config.candidatesMax() ? judged.subList(0, config.candidatesMax()) : judged;
    }

    private void remember(List<Judged> judged) {
        candidates.clear();
        for (Judged one : judged) {
            candidates.add(one.tag());
        }
    }

    /** Every use is in exactly one tumbling window: going through them costs no more than their arrival did. */
    private void learn(long end) {
        IntHashSet seen = new IntHashSet();
        for (long row = tail; row < head; row++) {
            if (log.live(row) > 0) {
                seen.add(tags.tagOf(log.tag(row)));
            }
        }
        if (seen.isEmpty()) {
            return;
        }
        int[] numbers = seen.toArray();
        long[] hashes = new long[numbers.length];
        LongIntHashMap authorsByHash = new LongIntHashMap(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            hashes[i] = tags.hash(numbers[i]);
            authorsByHash.put(hashes[i], count.authors(numbers[i]));
        }
        Arrays.sort(hashes);
        int[] authors = new int[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            authors[i] = authorsByHash.get(hashes[i]);
        }
        history.close(end, hashes, authors, hashes.length);
    }

    private Slide slide(long end, List<Judged> judged) {
        List<Candidate> written = new ArrayList<>(judged.size());
        for (Judged one : judged) {
            written.add(writer.write(
                    one.tag(),
                    end,
                    window,
                    uses(one.tag(), end),
                    count.authors(one.tag()),
                    count.level(one.tag()),
                    one.score()));
        }
        return new Slide(window.name(), ALL, end, written);
    }

    private int uses(int tag, long end) {
        HeavyTag heavy = tags.heavy(tag);
        return heavy == null ? count.uses(tag) : heavy.uses().in(end - window.size(), end);
    }

    /** Takes out a live row that is about to be retracted in the log, if the window holds it. */
    void retract(long row) {
        if (holds(row)) {
            count.retract(log.tag(row), another(row));
        }
    }

    /** Takes out a row that is about to be dropped from the log, if the window holds it. */
    void drop(long row) {
        if (holds(row)) {
            remove(row, another(row));
        }
    }

    private boolean holds(long row) {
        return row >= tail && row < head;
    }

    private boolean another(long row) {
        return log.pairBefore(row) >= tail || log.pairAfter(row) < head;
    }

    /** Forgets tags of which it holds nothing any more: their numbers may be given to others. */
    void forget(IntHashSet numbers) {
        candidates.removeAll(numbers);
        count.forget(numbers);
    }

    /** Counts a tag anew by lanes, which its rows have just been given. */
    void makeHeavy(int tag, LongArrayList rows) {
        count.clear(tag);
        for (int i = 0; i < rows.size(); i++) {
            if (holds(rows.get(i))) {
                add(rows.get(i), log.pairBefore(rows.get(i)) >= tail);
            }
        }
    }

    /** Finds its place again when positions in the log have changed. */
    void findPlace() {
        tail = lastEnd == Long.MIN_VALUE ? log.start() : log.firstAt(lastEnd - window.size());
        head = lastEnd == Long.MIN_VALUE ? log.start() : log.firstAt(lastEnd);
    }

    /** Position of the oldest row that the window still holds. */
    long tail() {
        return tail;
    }

    long lastEnd() {
        return lastEnd;
    }

    TagHistory history() {
        return history;
    }

    int historyTagsMax() {
        return config.historyTagsMax();
    }

    /** Numbers of the tags that were candidates at the last end. */
    IntArrayList candidates() {
        return candidates;
    }

    /** Numbers of the tags whose count has changed since. */
    IntArrayList touched() {
        return count.touched();
    }

    /** Takes up where a snapshot left off; the log holds its rows already. */
    void restore(long end, TagHistory past, int[] wereCandidates, int[] wereTouched) {
        history(past);
        lastEnd = end;
        findPlace();
        for (long row = tail; row < head; row++) {
            add(row, log.pairBefore(row) >= tail);
        }
        count.forgetTouched();
        candidates.add(wereCandidates);
        for (int tag : wereTouched) {
            count.touch(tag);
        }
    }

    private void history(TagHistory past) {
        history = past;
        scorer = new Scorer(past);
    }

    private record Judged(int tag, String name, Score score) {}
}
