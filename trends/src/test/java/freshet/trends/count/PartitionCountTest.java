package freshet.trends.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.contract.TrendCandidates.Slide;
import freshet.trends.contract.TrendCandidates.Total;
import freshet.trends.contract.TrendCandidatesCodec;
import freshet.trends.time.Window;
import freshet.trends.time.Windows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PartitionCountTest {

    private static final Windows WINDOWS = Windows.parse("5s/1s,1m/10s,10m/1m");
    private static final CountConfig EVERY_TAG = new CountConfig(WINDOWS, 1, 0, Integer.MAX_VALUE, 1000);

    /** Most uses up to which a tag is counted exactly: from so few that all but every tag is sampled. */
    @Provide
    Arbitrary<Integer> exactUses() {
        return Arbitraries.of(1, 2, 4, 10, 30, 16_384);
    }

    /** Most uses that are held: so few that tags are forgotten, or more than there are. */
    @Provide
    Arbitrary<Integer> uses() {
        return Arbitraries.of(5, 20, 40, Integer.MAX_VALUE);
    }

    @Property(tries = 60)
    void everySlideEqualsARecountFromTheDefinition(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int sources, @ForAll("exactUses") int exactUsesMax) {
        PostsWorld world = new PostsWorld(seed, sources, 120, 2);
        CountConfig everyTag = EVERY_TAG.bounded(exactUsesMax, Integer.MAX_VALUE);
        for (int target = 0; target < 2; target++) {
            Output output = run(everyTag, world, target, new Random(seed), 20, false);

            Map<String, Map<Long, Slide>> byWindow = new HashMap<>();
            for (Slide slide : output.slides) {
                assertThat(byWindow.computeIfAbsent(slide.window(), w -> new TreeMap<>())
                                .put(slide.at(), slide))
                        .as("a slide told once")
                        .isNull();
            }
            for (Window window : WINDOWS.all()) {
                Map<Long, Slide> slides = byWindow.getOrDefault(window.name(), Map.of());
                for (long end = window.endAfter(PostsWorld.START - 120_000);
                        end <= world.watermark();
                        end += window.slide()) {
                    TreeMap<String, long[]> expected =
                            world.recount(window.size(), end, target, WINDOWS.pane(), exactUsesMax);
                    Slide slide = slides.get(end);
                    List<Candidate> candidates = slide == null ? List.of() : slide.candidates();
                    TreeMap<String, long[]> seen = new TreeMap<>();
                    candidates.forEach(c -> seen.put(c.tag(), new long[] {c.count(), c.authors()}));
                    assertThat(describe(seen)).as(window + " at " + end).isEqualTo(describe(expected));
                }
            }
            assertThat(output.slides)
                    .allSatisfy(slide -> assertThat(slide.at()).isLessThanOrEqualTo(world.watermark()));
        }
    }

    @Property(tries = 60)
    void nothingDependsOnArrivalOrBatchesOrRestarts(
            @ForAll long seed, @ForAll("exactUses") int exactUsesMax, @ForAll("uses") int usesMax) {
        PostsWorld world = new PostsWorld(seed, 3, 120, 1);
        CountConfig config = new CountConfig(WINDOWS, 2, 0.3, 5, 4 * 16).bounded(exactUsesMax, usesMax);

        Output calm = run(config, world, 0, new Random(1), 1000, false);
        Output wild = run(config, world, 0, new Random(seed), 9, true);

        assertThat(wild.bytes()).isEqualTo(calm.bytes());
        assertThat(wild.snapshot).isEqualTo(calm.snapshot);
    }

    @Property(tries = 60)
    void aLookAtWhatIsOpenChangesNothing(
            @ForAll long seed, @ForAll("exactUses") int exactUsesMax, @ForAll("uses") int usesMax) {
        PostsWorld world = new PostsWorld(seed, 2, 100, 1);
        CountConfig config = EVERY_TAG.bounded(exactUsesMax, usesMax);
        Random random = new Random(seed);
        PartitionCount looked = new PartitionCount(config, 0, 1);
        PartitionCount calm = new PartitionCount(config, 0, 1);
        for (HashtagUses batch : world.batches(0, random, 20)) {
            looked.apply(batch);
            calm.apply(batch);
            assertThat(looked.flush()).isEqualTo(calm.flush());
            looked.early(looked.watermarks().furthest() + random.nextInt(20_000));
            assertThat(snapshot(looked)).isEqualTo(snapshot(calm));
        }
    }

    @Test
    void whatIsShownEarlyEqualsWhatClosesWhenNothingMoreComes() {
        PostsWorld world = new PostsWorld(8, 1, 300, 1);
        PartitionCount count = new PartitionCount(EVERY_TAG, 0, 1);
        count.apply(world.batch(0, 0, 0, 300));
        count.flush();
        long now = count.closedTo() + PostsWorld.LATENESS;
        TrendCandidates early = count.early(now);

        HashtagUses marker = new HashtagUses(PostsWorld.TOPIC, 0, 1, 0, 300, 301, now + 60_000, List.of());
        count.apply(marker);
        Map<String, Slide> closed = new HashMap<>();
        count.flush().forEach(record -> record.slides().forEach(s -> closed.put(s.window() + s.at(), s)));

        assertThat(early.slides()).isNotEmpty();
        for (Slide slide : early.slides()) {
            // All but the expectation, which has learned in between.
            assertThat(slide)
                    .usingRecursiveComparison()
                    .ignoringFields("candidates.expected", "candidates.score", "candidates.odds")
                    .isEqualTo(closed.get(slide.window() + slide.at()));
        }
    }

    @Test
    void aBatchAlreadyAppliedChangesNothing() {
        PostsWorld world = new PostsWorld(3, 1, 50, 1);
        PartitionCount count = new PartitionCount(EVERY_TAG, 0, 1);
        count.apply(world.batch(0, 0, 0, 30));
        long held = count.usesHeld();

        assertThat(count.apply(world.batch(0, 0, 10, 30))).isFalse();

        assertThat(count.usesHeld()).isEqualTo(held);
        assertThat(count.applied(0)).isEqualTo(30);
    }

    @Test
    void aGapIsAnErrorThatNamesBothOffsetsAndIsNotApplied() {
        PostsWorld world = new PostsWorld(3, 1, 50, 1);
        PartitionCount count = new PartitionCount(EVERY_TAG, 0, 1);
        count.apply(world.batch(0, 0, 0, 30));

        assertThatThrownBy(() -> count.apply(world.batch(0, 0, 31, 40)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before offset 30")
                .hasMessageContaining("begins at 31");
        assertThat(count.applied(0)).isEqualTo(30);
    }

    @Test
    void theFirstBatchOfASourceSetsItsStart() {
        PostsWorld world = new PostsWorld(3, 1, 50, 1);
        PartitionCount count = new PartitionCount(EVERY_TAG, 0, 1);

        assertThat(count.apply(world.batch(0, 0, 20, 30))).isTrue();

        assertThat(count.applied(0)).isEqualTo(30);
    }

    @Test
    void anotherTopicOfTheSameNameIsAnError() {
        PartitionCount count = new PartitionCount(EVERY_TAG, 0, 1);
        PostsWorld world = new PostsWorld(3, 1, 50, 1);
        count.apply(world.batch(0, 0, 0, 30));
        HashtagUses other = new HashtagUses(org.apache.kafka.common.Uuid.ONE_UUID, 0, 1, 30, 31, 0, List.of());

        assertThatThrownBy(() -> count.apply(other)).hasMessageContaining("made anew");
    }

    @Test
    void aSilentSourceHoldsBackEverySlide() {
        PostsWorld world = new PostsWorld(5, 2, 200, 1);
        PartitionCount count = new PartitionCount(EVERY_TAG, 0, 1);

        count.apply(world.batch(0, 0, 0, 200));

        assertThat(count.flush()).isEmpty();
        assertThat(count.watermarks().reached(PostsWorld.START)).isEqualTo(1);
    }

    @Test
    void seventeenSparseDaysCostNothing() {
        PartitionCount count = new PartitionCount(new CountConfig(Windows.DEFAULT, 4, 4, 100, 1000), 0, 1);
        long[] slides = new long[1];
        long started = System.nanoTime();
        for (int i = 0; i < 17 * 24; i++) {
            long time = PostsWorld.START + i * 3_600_000L;
            HashtagUses.Row row = new HashtagUses.Row(
                    i,
                    1,
                    HashtagUses.NO_WATERMARK,
                    i,
                    time,
                    false,
                    true,
                    "test",
                    "",
                    "",
                    i,
                    0,
                    0,
                    "p" + i,
                    List.of(new HashtagUses.Use("tag", "tag")),
                    List.of("tag"));
            count.apply(new HashtagUses(PostsWorld.TOPIC, 0, 1, i, i + 1, time - 10_000, List.of(row)));
            count.flush().forEach(record -> slides[0] += record.slides().size());
        }
        assertThat(slides[0]).isZero();
        assertThat(count.tagsHeld()).isEqualTo(1);
        assertThat(count.usesHeld()).isLessThanOrEqualTo(3);
        assertThat(System.nanoTime() - started).as("nanoseconds").isLessThan(2_000_000_000L);
    }

    @Test
    void aSnapshotOfOtherSettingsIsRefusedInOneLine() throws IOException {
        PostsWorld world = new PostsWorld(3, 1, 50, 1);
        PartitionCount count = new PartitionCount(EVERY_TAG, 0, 1);
        count.apply(world.batch(0, 0, 0, 50));
        count.flush();
        byte[] bytes = snapshot(count);

        CountConfig other = new CountConfig(Windows.parse("5s/1s"), 1, 0, 10, 1000);
        assertThatThrownBy(() -> restore(other, 0, 1, bytes))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining("windows")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> restore(EVERY_TAG, 0, 1, Arrays.copyOf(bytes, bytes.length - 9)))
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cut short");
    }

    @Test
    void aRetractedPostLeavesCountsAuthorsFirstsAndExamplesFromTheSlideOnFromWhichItHolds() {
        CountConfig config = new CountConfig(Windows.parse("1m/1s"), 1, 0, 10, 1000);
        PartitionCount count = new PartitionCount(config, 0, 1);
        long t = PostsWorld.START - PostsWorld.START % 60_000;
        List<HashtagUses.Row> rows = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            rows.add(row(i, 1, HashtagUses.NO_WATERMARK, i, t + i * 100, 40 + i));
        }
        rows.add(row(3, -1, t + 5_000, 0, t, 40));
        count.apply(new HashtagUses(PostsWorld.TOPIC, 0, 1, 0, 4, t + 20_000, rows));

        Map<Long, Candidate> byEnd = new TreeMap<>();
        for (TrendCandidates record : count.flush()) {
            record.slides()
                    .forEach(slide -> byEnd.put(slide.at(), slide.candidates().get(0)));
        }

        assertThat(byEnd.get(t + 5_000).count()).isEqualTo(3);
        assertThat(byEnd.get(t + 5_000).first().get(0).id()).isEqualTo("p0");
        Candidate after = byEnd.get(t + 6_000);
        assertThat(after.count()).isEqualTo(2);
        assertThat(after.authors()).isEqualTo(2);
        assertThat(after.first()).extracting("id").containsExactly("p1", "p2");
        assertThat(after.examples()).extracting("id").doesNotContain("p0");
        assertThat(after.sample()).doesNotContain(40L);
    }

    private static HashtagUses.Row row(long at, int sign, long holdsFrom, long offset, long time, long author) {
        return new HashtagUses.Row(
                at,
                sign,
                holdsFrom,
                offset,
                time,
                false,
                true,
                "test",
                "",
                "",
                author,
                offset,
                0,
                "p" + offset,
                List.of(new HashtagUses.Use("tag", "Tag")),
                List.of("tag"));
    }

    private static Output run(
            CountConfig config, PostsWorld world, int target, Random random, int longest, boolean wild) {
        PartitionCount count = new PartitionCount(config, target, 2);
        Output output = new Output();
        for (HashtagUses batch : world.batches(target, random, longest)) {
            count.apply(batch);
            if (!wild || random.nextBoolean()) {
                output.take(count.flush());
                if (wild && random.nextInt(3) == 0) {
                    count = restore(config, target, 2, snapshot(count));
                }
            }
        }
        output.take(count.flush());
        output.snapshot = snapshot(count);
        return output;
    }

    private static byte[] snapshot(PartitionCount count) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            count.snapshot(new DataOutputStream(bytes));
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static PartitionCount restore(CountConfig config, int partition, int partitions, byte[] bytes) {
        try {
            return PartitionCount.restore(
                    config, partition, partitions, new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String describe(TreeMap<String, long[]> counts) {
        StringBuilder text = new StringBuilder();
        counts.forEach((tag, n) -> text.append(tag).append(Arrays.toString(n)).append(' '));
        return text.toString();
    }

    /** What came out, without the cuts between records. */
    private static final class Output {
        private final List<Slide> slides = new ArrayList<>();
        private final TreeMap<String, Long> totals = new TreeMap<>();
        private long to = HashtagUses.NO_WATERMARK;
        private byte[] snapshot;

        void take(List<TrendCandidates> records) {
            for (TrendCandidates record : records) {
                assertThat(record.from()).isEqualTo(to);
                to = record.to();
                assertThat(TrendCandidatesCodec.decode(TrendCandidatesCodec.encode(record)))
                        .isEqualTo(record);
                slides.addAll(record.slides());
                for (Total total : record.totals()) {
                    totals.merge(total.at() + "/" + total.holdsFrom(), total.posts(), Long::sum);
                }
            }
        }

        byte[] bytes() {
            List<Total> all = totals.entrySet().stream()
                    .map(e -> new Total(e.getKey().hashCode(), e.getValue(), 0))
                    .toList();
            return TrendCandidatesCodec.encode(new TrendCandidates(0, 1, null, 0, to, all, slides));
        }
    }
}
