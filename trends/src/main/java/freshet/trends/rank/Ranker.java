package freshet.trends.rank;

import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Slide;
import freshet.trends.contract.TrendCandidates.Total;
import freshet.trends.time.Watermarks;
import freshet.trends.time.Window;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ranks one stream. Records of a target partition are applied in order of the stretches that they close; what an earlier
 * record has closed already is skipped, so that redelivered and belated records change nothing. A slide is ranked when
 * all target partitions have closed it; slides are ranked in order of their ends, then of the windows in the settings.
 *
 * <p>A ranking without a trend is published once, after one with trends: it ends their lives on the page. Not thread-safe;
 * no call blocks.
 */
public final class Ranker {

    private static final String ALL = "all";

    private final RankConfig config;
    private final PostTotals totals = new PostTotals();
    private final EarlySlides.Posts earlyPosts = new EarlySlides.Posts();
    private final List<Pending> windows = new ArrayList<>();
    private final Deque<Applied> applied = new ArrayDeque<>();
    private Watermarks closed;
    private long publishedTo = Watermarks.UNKNOWN;
    private long appliedBefore;
    private long nextOffset;

    public Ranker(RankConfig config) {
        this.config = config;
        for (Window window : config.windows().all()) {
            windows.add(new Pending(window, new WindowRanking(window, ALL, config)));
        }
    }

    /**
     * Takes up where another ranker left off; called before the first record is applied.
     *
     * @param position what {@link #position} said, after its finals had been published and acknowledged
     * @param finals records of {@code trends}, in any order and as often as they stand there: all that end at or after
     *     {@link Position#finalsFrom}
     */
    public void resume(Position position, Collection<Ranking> finals) {
        publishedTo = position.publishedTo();
        appliedBefore = position.appliedBefore();
        nextOffset = position.restart();
        for (Ranking ranking : finals) {
            for (Pending window : windows) {
                if (ranking.isFinal() && ranking.key().equals(window.key())) {
                    window.lastIs(ranking);
                }
            }
        }
    }

    /**
     * Applies a record.
     *
     * @param offset its offset in {@code trend-candidates}
     * @return the finals that it completes, in the order in which they are to be published, and the early ones that it
     *     tells of or settles
     * @throws IllegalStateException when the record begins after what its partition has closed (a gap: something was
     *     lost), or does not fit the settings
     */
    public List<Ranking> apply(long offset, TrendCandidates record) {
        nextOffset = offset + 1;
        meet(record);
        if (record.early() != null) {
            return offset < appliedBefore ? List.of() : early(record);
        }
        long have = closed.of(record.partition());
        boolean first = have == Watermarks.UNKNOWN;
        if (!first && record.from() > have && offset >= appliedBefore) {
            throw new IllegalStateException("trend-candidates has a gap: of target partition " + record.partition()
                    + " everything up to " + Instant.ofEpochMilli(have) + " is ranked and the record at offset "
                    + offset + " begins at " + Instant.ofEpochMilli(record.from())
                    + "; something was lost between count and rank, so nothing after it is ranked");
        }
        if (record.to() > have) {
            applied.add(new Applied(offset, record.to()));
            take(record, have);
            closed.advance(record.partition(), record.to());
        }
        return rank(closed.all());
    }

    private List<Ranking> early(TrendCandidates record) {
        earlyPosts.take(record);
        List<Ranking> rankings = new ArrayList<>();
        for (Slide slide : record.slides()) {
            Pending window = window(slide);
            EarlySlides.Told told = window.early.take(record, slide, Math.max(publishedTo, window.lastEnd()));
            if (told != null) {
                long size = window.window.size();
                long posts = totals.told(size, told.end())
                        + earlyPosts.in(
                                size, told.end(), closed, config.windows().pane());
                Ranking ranking =
                        window.ranking.early(told.end(), told.candidates(), posts, window.newest(), told.partitions());
                window.early.lastIs(ranking);
                rankings.add(ranking);
            }
        }
        return rankings;
    }

    private void meet(TrendCandidates record) {
        if (closed == null) {
            closed = new Watermarks(record.partitions());
        } else if (closed.partitions() != record.partitions()) {
            throw new IllegalStateException("hashtag-uses had " + closed.partitions() + " partitions and now has "
                    + record.partitions() + "; a stream's partition counts are fixed, since keys would move");
        }
    }

    private void take(TrendCandidates record, long have) {
        long pane = config.windows().pane();
        for (Total total : record.totals()) {
            boolean posts = total.holdsFrom() == HashtagUses.NO_WATERMARK;
            if (posts ? total.at() + pane > have : total.holdsFrom() >= have) {
                totals.add(total);
            }
        }
        for (Slide slide : record.slides()) {
            if (slide.at() > have) {
                window(slide).add(slide);
            }
        }
    }

    private Pending window(Slide slide) {
        for (Pending window : windows) {
            if (window.key().equals(Ranking.key(slide.window(), slide.scope()))) {
                return window;
            }
        }
        throw new IllegalStateException("trend-candidates has the window " + slide.window() + " of scope "
                + slide.scope() + ", which the settings lack: count and rank must have the same windows");
    }

    private List<Ranking> rank(long watermark) {
        if (watermark == Watermarks.UNKNOWN) {
            return List.of();
        }
        List<Ranking> finals = new ArrayList<>();
        while (true) {
            Pending first = windows.get(0);
            for (Pending window : windows) {
                if (window.nextEnd() < first.nextEnd()) {
                    first = window;
                }
            }
            if (first.nextEnd() > watermark) {
                break;
            }
            rank(first, first.nextEnd(), finals);
        }
        publishedTo = Math.max(publishedTo, watermark);
        List<Ranking> settled = settleEarly(watermark, finals);
        forget(watermark);
        return settled;
    }

    /**
     * An early ranking whose slide has closed without a trend would stay the newest that anyone sees: one that holds
     * every partition follows it. It is no final, since no final depends on what was shown early.
     */
    private List<Ranking> settleEarly(long watermark, List<Ranking> finals) {
        List<Ranking> settled = finals;
        for (Pending window : windows) {
            Ranking early = window.early.last();
            if (early != null && early.at().toEpochMilli() <= watermark) {
                window.early.lastIs(null);
                if (finals.stream()
                        .noneMatch(ranking -> ranking.key().equals(early.key())
                                && !ranking.at().isBefore(early.at()))) {
                    long end = early.at().toEpochMilli();
                    long posts = totals.in(window.window.size(), end);
                    settled = settled == finals ? new ArrayList<>(finals) : settled;
                    settled.add(window.ranking.early(end, List.of(), posts, window.last, all()));
                }
            }
        }
        return settled;
    }

    private String all() {
        return closed.partitions() + "/" + closed.partitions();
    }

    private void rank(Pending window, long end, List<Ranking> finals) {
        List<Candidate> candidates = window.take(end);
        if (end <= publishedTo || end <= window.lastEnd()) {
            return;
        }
        long posts = totals.in(window.window.size(), end);
        Ranking ranking = window.ranking.closed(end, candidates, posts, window.last, all());
        if (!empty(ranking) || (window.last != null && !empty(window.last))) {
            finals.add(ranking);
        }
        window.last = ranking;
    }

    private static boolean empty(Ranking ranking) {
        return ranking.trends().isEmpty() && ranking.keptOut().isEmpty();
    }

    private void forget(long watermark) {
        long needed = watermark - config.windows().longest() - config.windows().pane();
        totals.forgetBefore(needed);
        while (!applied.isEmpty() && applied.peek().to() <= needed) {
            applied.poll();
        }
    }

    /**
     * From where a successor may go on, once all finals returned so far have been published and acknowledged. It reaches
     * back the longest window, for the totals.
     */
    public Position position() {
        long restart = applied.isEmpty() ? nextOffset : applied.peek().offset();
        return new Position(
                restart,
                nextOffset,
                publishedTo,
                config.windows().all().stream().mapToLong(Window::slide).max().orElseThrow());
    }

    /** What all target partitions have closed, and each of them; null before the first record. */
    public Watermarks closed() {
        return closed;
    }

    private record Applied(long offset, long to) {}

    /** A window's slides that wait for partitions, and its last final. */
    private static final class Pending {
        private final Window window;
        private final WindowRanking ranking;
        private final TreeMap<Long, List<Candidate>> slides = new TreeMap<>();
        private final EarlySlides early = new EarlySlides();
        private Ranking last;

        Pending(Window window, WindowRanking ranking) {
            this.window = window;
            this.ranking = ranking;
        }

        String key() {
            return Ranking.key(window.name(), ALL);
        }

        void add(Slide slide) {
            slides.computeIfAbsent(slide.at(), at -> new ArrayList<>()).addAll(slide.candidates());
        }

        void lastIs(Ranking ranking) {
            if (last == null || ranking.at().isAfter(last.at())) {
                last = ranking;
            }
        }

        long lastEnd() {
            return last == null ? Long.MIN_VALUE : last.at().toEpochMilli();
        }

        /** The newest ranking, early or not. */
        Ranking newest() {
            Ranking newest = early.last();
            return newest == null || (last != null && last.at().isAfter(newest.at())) ? last : newest;
        }

        long nextEnd() {
            long next = slides.isEmpty() ? Long.MAX_VALUE : slides.firstKey();
            return last == null || empty(last) ? next : Math.min(next, lastEnd() + window.slide());
        }

        List<Candidate> take(long end) {
            Map.Entry<Long, List<Candidate>> first = slides.firstEntry();
            return first != null && first.getKey() == end
                    ? slides.pollFirstEntry().getValue()
                    : List.of();
        }
    }
}
