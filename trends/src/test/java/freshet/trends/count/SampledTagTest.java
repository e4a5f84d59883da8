package freshet.trends.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import freshet.trends.contract.Hash64;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import freshet.trends.contract.Ranking.PostRef;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Slide;
import freshet.trends.time.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A tag that is used far more often than is counted exactly. */
class SampledTagTest {

    private static final int EXACT_USES_MAX = 512;
    private static final Windows WINDOWS = Windows.parse("10s/1s,1m/10s");
    private static final CountConfig CONFIG = new CountConfig(WINDOWS, 1, Double.NEGATIVE_INFINITY, 1_000, 1_000)
            .bounded(EXACT_USES_MAX, Integer.MAX_VALUE);
    private static final long T = PostsWorld.START - PostsWorld.START % 60_000;

    private final PartitionCount count = new PartitionCount(CONFIG, 0, 1);
    private final List<Row> posts = new ArrayList<>();
    private final Map<Long, Long> retractedFrom = new HashMap<>();
    private long offset;
    private int mostHeld;

    /** An author's hash, its level as random as its salt. */
    private static long author(long salt, int number) {
        return Hash64.author("test" + salt, "a" + number);
    }

    /** How far an estimate usually is from the truth: one part in the root of how many authors it was made from. */
    private static double statedError(Candidate candidate) {
        return candidate.level() == 0 ? 0 : 1 / Math.sqrt(candidate.authors() >> candidate.level());
    }

    @Property(tries = 20)
    void authorsAreExactWhileFewAndWithinTheStatedErrorWhenMany(@ForAll long seed) {
        Random random = new Random(seed);
        int authors = 20 + random.nextInt(20_000);
        double skew = 1 + 4 * random.nextDouble();
        long salt = random.nextLong();
        use(0, 90_000, 200 + random.nextInt(300), i -> {
            // One author in every second, several times; the others by an inverse power law.
            return author(salt, i % 8 == 0 ? 0 : (int) (authors * Math.pow(random.nextDouble(), skew)));
        });

        double squares = 0;
        int sampled = 0;
        for (Slide slide : closeTo(90_000)) {
            Candidate candidate = slide.candidates().get(0);
            List<Row> held = live(slide);
            long truth = held.stream().mapToLong(Row::author).distinct().count();
            assertThat(candidate.count()).as("posts").isEqualTo(held.size());
            double stated = statedError(candidate);
            assertThat(Math.abs(candidate.authors() - truth))
                    .as("%d of %d authors in %s at level %d", candidate.authors(), truth, slide, candidate.level())
                    .isLessThanOrEqualTo((long) (6 * stated * truth));
            if (stated > 0) {
                squares += Math.pow((candidate.authors() - truth) / (stated * truth), 2);
                sampled++;
            }
        }
        // Slides overlap, so these are few independent ones.
        assertThat(Math.sqrt(squares / Math.max(1, sampled))).isLessThan(3);
    }

    @Test
    void theStatedErrorIsTheStandardError() {
        double squares = 0;
        int estimates = 120;
        for (int salt = 0; salt < estimates; salt++) {
            SampledTagTest world = new SampledTagTest();
            long salted = salt;
            world.use(0, 10_000, 500, i -> author(salted, i % 4_000));
            List<Slide> slides = world.closeTo(10_000);
            Candidate candidate = slides.get(slides.size() - 1).candidates().get(0);
            assertThat(candidate.level()).isPositive();
            squares += Math.pow((candidate.authors() - 4_000) / (4_000 * statedError(candidate)), 2);
        }
        assertThat(Math.sqrt(squares / estimates)).isBetween(0.75, 1.15);
    }

    @Test
    void whateverItsUsesTheRowsOfATagAreBounded() {
        for (int minute = 0; minute < 4; minute++) {
            // Of the longest window: 1,200 uses, 12,000, 120,000, and 1,200 again.
            int perSecond = new int[] {20, 200, 2_000, 20}[minute];
            use(minute * 60_000L, (minute + 1) * 60_000L, perSecond, i -> author(1, i));
        }

        closeTo(240_000);

        // 120,000 are 234 times as many as are counted exactly: 8 levels.
        assertThat(mostHeld).isBetween(4 * EXACT_USES_MAX, EXACT_USES_MAX * (1 + 8 / 2) + EXACT_USES_MAX / 2 + 2_000);
    }

    @Test
    void aTagThatHasBecomeSmallIsExactAgainAsSoonAsTheWindowHoldsNoMoreThanIsCountedExactly() {
        use(0, 60_000, 300, i -> author(2, i));
        use(60_000, 180_000, 8, i -> author(3, i));

        for (Slide slide : closeTo(180_000)) {
            Candidate candidate = slide.candidates().get(0);
            int uses = live(slide).size();
            assertThat(candidate.level() == 0).as("%d uses", uses).isEqualTo(uses <= EXACT_USES_MAX);
            if (uses <= EXACT_USES_MAX) {
                assertThat(candidate.authors()).isEqualTo(uses);
            }
        }
    }

    @Test
    void oneAuthorWithManyPostsTakesARowForEachPaneAndNoneFromTheOthers() {
        use(0, 60_000, 1_000, i -> author(4, i % 100 == 0 ? 1 + i / 100 % 60 : 0));

        for (Slide slide : closeTo(60_000)) {
            Candidate candidate = slide.candidates().get(0);
            long truth = live(slide).stream().mapToLong(Row::author).distinct().count();
            assertThat(candidate.count()).isEqualTo(live(slide).size());
            // 10 seconds hold 10,000 uses, and 110 pairs of author and pane.
            assertThat(candidate.level()).isLessThanOrEqualTo(slide.window().equals("10s") ? 0 : 1);
            if (candidate.level() == 0) {
                assertThat(candidate.authors()).isEqualTo((int) truth);
            }
        }
        assertThat(mostHeld).isLessThan(2_000);
    }

    @Test
    void whatIsShownOfATagThatIsSampledIsRealAndInTheWindow() {
        use(0, 70_000, 400, i -> author(5, i % 9_000));
        for (int i = 0; i < 18_000; i += 3) {
            retract(posts.get(i), T + 45_000);
        }

        boolean sampled = false;
        for (Slide slide : closeTo(70_000)) {
            Candidate candidate = slide.candidates().get(0);
            Set<String> real = new HashSet<>();
            List<Row> held = live(slide);
            held.forEach(row -> real.add(row.postId() + " " + row.time() + " 0@" + row.offset()));
            List<PostRef> shown = new ArrayList<>(candidate.first());
            shown.addAll(candidate.examples());
            assertThat(shown)
                    .hasSize(6)
                    .allSatisfy(post -> assertThat(post.id() + " " + post.at().toEpochMilli() + " " + post.ref())
                            .isIn(real));
            assertThat(candidate.first()).extracting(PostRef::at).isSorted();
            assertThat(candidate.spark()).hasSize(60);
            assertThat(candidate.looked())
                    .isBetween(1, (int) Math.min(candidate.count(), TrendCandidates.DETAILED_MAX));
            sampled |= candidate.level() > 2;
        }
        assertThat(sampled).isTrue();
    }

    /** So that stories compare a tag that is sampled with one that isn't as if neither were. */
    @Test
    void theSampleOfAuthorsIsThatOfAllAuthors() {
        use(0, 60_000, 600, i -> author(6, i % 30_000));

        for (Slide slide : closeTo(60_000)) {
            assertThat(slide.candidates().get(0).sample())
                    .isEqualTo(live(slide).stream()
                            .map(Row::author)
                            .distinct()
                            .sorted()
                            .limit(TrendCandidates.SAMPLE_SIZE)
                            .toList());
        }
    }

    @Test
    void aBannedAuthorLeavesWithAllPostsAndOneWithAnotherPostStays() {
        use(0, 59_000, 100, i -> author(7, i % 600));
        Set<Long> banned = new HashSet<>();
        posts.stream().map(Row::author).filter(author -> author % 2 == 0).forEach(banned::add);
        for (Row post : posts) {
            if (banned.contains(post.author()) || (post.time() < T + 54_000 && post.offset() % 3 > 0)) {
                retract(post, T + 59_000);
            }
        }

        use(59_000, 60_000, 1, i -> author(8, i));
        List<Slide> slides = closeTo(60_000);
        Slide minute = slides.get(slides.size() - 1);
        Candidate left = minute.candidates().get(0);
        assertThat(minute.window()).isEqualTo("1m");
        assertThat(left.level()).isPositive();
        assertThat(left.count()).isEqualTo(live(minute).size());
        int authors = 601 - banned.size();
        assertThat((double) left.authors()).isCloseTo(authors, offset(6 * authors * statedError(left)));
        assertThat(left.sample()).isNotEmpty().doesNotContainAnyElementsOf(banned);
    }

    /** The minute's window has yet to let go of the tag's last rows; the count of uses by pane is empty already. */
    @Test
    void aLookAheadDoesNotLoseTheUsesThatComeBeforeWhatItSaw() {
        use(0, 6_000, 100, i -> author(9, i));
        closeTo(6_000);
        long quiet = offset;
        apply(quiet, T + 67_500, row(quiet, "else", T + 66_000));

        apply(quiet + 1, T + 67_500, row(quiet + 1, "tag", T + 68_900));
        count.early(T + 69_500);
        apply(quiet + 2, T + 67_500, row(quiet + 2, "tag", T + 67_600));
        apply(quiet + 3, T + 69_000, row(quiet + 3, "tag", T + 68_950));

        List<Candidate> candidates = new ArrayList<>();
        count.flush().forEach(record -> record.slides().forEach(slide -> candidates.addAll(slide.candidates())));
        Candidate last = candidates.get(candidates.size() - 1);
        assertThat(last.tag()).isEqualTo("tag");
        assertThat(last.authors()).isEqualTo(3);
        assertThat(last.count()).isEqualTo(3);
    }

    private void apply(long at, long watermark, Row row) {
        count.apply(new HashtagUses(PostsWorld.TOPIC, 0, 1, 0, at, at + 1, watermark, List.of(row)));
    }

    /** Adds posts with the tag, evenly over a stretch of time. */
    private void use(long from, long to, int perSecond, IntFunction<Long> author) {
        long posted = (to - from) * perSecond / 1_000;
        for (int i = 0; i < posted; i++) {
            posts.add(row(offset, 1, HashtagUses.NO_WATERMARK, T + from + i * (to - from) / posted, author.apply(i)));
            offset++;
        }
    }

    private void retract(Row post, long holdsFrom) {
        retractedFrom.put(post.offset(), holdsFrom);
    }

    /** Counts it all, second by second. */
    private List<Slide> closeTo(long end) {
        List<Slide> slides = new ArrayList<>();
        int next = 0;
        for (long second = T + 1_000; second <= T + end; second += 1_000) {
            int first = next;
            while (next < posts.size() && posts.get(next).time() < second) {
                next++;
            }
            List<Row> rows = new ArrayList<>(posts.subList(first, next));
            for (Row post : retractedFrom.isEmpty() ? List.<Row>of() : posts.subList(0, next)) {
                if (retractedFrom.getOrDefault(post.offset(), Long.MIN_VALUE) == second) {
                    rows.add(row(next - 1L, -1, second, post.time(), post.author(), post.offset()));
                }
            }
            count.apply(new HashtagUses(PostsWorld.TOPIC, 0, 1, 0, first, next, second, rows));
            count.flush().forEach(record -> slides.addAll(record.slides()));
            mostHeld = Math.max(mostHeld, (int) count.usesHeld());
        }
        return slides;
    }

    private List<Row> live(Slide slide) {
        long size = WINDOWS.named(slide.window()).size();
        return posts.stream()
                .filter(row -> row.time() >= slide.at() - size && row.time() < slide.at())
                .filter(row -> slide.at() <= retractedFrom.getOrDefault(row.offset(), Long.MAX_VALUE))
                .toList();
    }

    private static Row row(long at, int sign, long holdsFrom, long time, long author) {
        return row(at, sign, holdsFrom, time, author, at);
    }

    private static Row row(long at, String tag, long time) {
        return row(at, 1, HashtagUses.NO_WATERMARK, time, at, at, tag);
    }

    private static Row row(long at, int sign, long holdsFrom, long time, long author, long offset) {
        return row(at, sign, holdsFrom, time, author, offset, "tag");
    }

    private static Row row(long at, int sign, long holdsFrom, long time, long author, long offset, String tag) {
        return new Row(
                at,
                sign,
                holdsFrom,
                offset,
                time,
                false,
                true,
                "test",
                "en",
                "",
                author,
                offset,
                0,
                "post-" + offset,
                List.of(new Use(tag, "Tag")),
                List.of(tag, "other"));
    }
}
