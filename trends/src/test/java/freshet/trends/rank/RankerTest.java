package freshet.trends.rank;

import static freshet.trends.rank.CandidateSamples.T;
import static freshet.trends.rank.CandidateSamples.candidate;
import static freshet.trends.rank.CandidateSamples.record;
import static freshet.trends.rank.CandidateSamples.slide;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.Ranking;
import freshet.trends.contract.Ranking.Trend;
import freshet.trends.contract.RankingCodec;
import freshet.trends.contract.TrendCandidates;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.count.CountConfig;
import freshet.trends.count.PartitionCount;
import freshet.trends.count.PostsWorld;
import freshet.trends.time.Window;
import freshet.trends.time.Windows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RankerTest {

    private static final long NONE = HashtagUses.NO_WATERMARK;
    private static final Windows ONE_MINUTE = Windows.parse("1m/1s");
    private static final Windows WINDOWS = Windows.parse("5s/1s,1m/10s,10m/1m");
    private static final RankConfig PLAIN = new RankConfig(WINDOWS, 1000, 0, 0, false);

    private final Ranker ranker = new Ranker(new RankConfig(ONE_MINUTE, 50, 6, 8, true));

    @Test
    void aSlideIsRankedWhenAllTargetPartitionsHaveClosedIt() {
        assertThat(ranker.apply(0, record(0, 2, NONE, T + 500, slide("1m", T, candidate("a", 9, 9)))))
                .isEmpty();

        List<Ranking> finals = ranker.apply(1, record(1, 2, NONE, T, slide("1m", T, candidate("b", 200, 7))));

        assertThat(finals).hasSize(1);
        assertThat(finals.get(0).isFinal()).isTrue();
        assertThat(finals.get(0).partitions()).isEqualTo("2/2");
        assertThat(finals.get(0).at().toEpochMilli()).isEqualTo(T);
        assertThat(finals.get(0).trends()).extracting(Trend::tag).containsExactly("a", "b");
        assertThat(finals.get(0).trends()).extracting(Trend::rank).containsExactly(1, 2);
    }

    @Test
    void aRankingThatBecomesEmptyIsPublishedOnce() {
        ranker.apply(0, record(0, 1, NONE, T, slide("1m", T, candidate("a", 9, 9))));

        List<Ranking> finals = ranker.apply(1, record(0, 1, T, T + 100_000));

        assertThat(finals).hasSize(1);
        assertThat(finals.get(0).at().toEpochMilli()).isEqualTo(T + 1000);
        assertThat(finals.get(0).trends()).isEmpty();
    }

    @Test
    void redeliveredAndOverlappingRecordsChangeNothing() {
        TrendCandidates first = record(0, 1, NONE, T, slide("1m", T, candidate("a", 9, 9)));
        ranker.apply(0, first);

        assertThat(ranker.apply(1, first)).isEmpty();
        List<Ranking> finals = ranker.apply(
                2,
                record(
                        0,
                        1,
                        T - 5000,
                        T + 1000,
                        slide("1m", T, candidate("a", 9, 9)),
                        slide("1m", T + 1000, candidate("a", 10, 9))));

        assertThat(finals).extracting(ranking -> ranking.at().toEpochMilli()).containsExactly(T + 1000);
    }

    @Test
    void aGapIsAnError() {
        ranker.apply(0, record(0, 1, NONE, T));

        assertThatThrownBy(() -> ranker.apply(1, record(0, 1, T + 1, T + 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gap");
    }

    @Test
    void aTrendOnceInStaysWhileItIsACandidate() {
        ranker.apply(0, record(0, 1, NONE, T, slide("1m", T, candidate("in", 9, 9), candidate("out", 5, 5))));

        Ranking next = ranker.apply(
                        1,
                        record(0, 1, T, T + 1000, slide("1m", T + 1000, candidate("in", 9, 5), candidate("out", 5, 5))))
                .get(0);

        assertThat(next.trends()).extracting(Trend::tag).containsExactly("in");
        assertThat(next.trends().get(0).since().toEpochMilli()).isEqualTo(T);
    }

    @Test
    void anEarlyRankingIsShownWhenAllHaveToldOrOneIsPastItAndMovesNothing() {
        ranker.apply(0, record(0, 2, NONE, T));
        Ranking last = ranker.apply(1, record(1, 2, NONE, T, slide("1m", T, candidate("a", 9, 9))))
                .get(0);

        assertThat(ranker.apply(2, early(0, T + 5000, candidate("b", 20, 20, 20, 1000))))
                .isEmpty();
        Ranking whole =
                ranker.apply(3, early(1, T + 5000, candidate("a", 12, 9))).get(0);
        assertThat(ranker.apply(4, early(0, T + 6000))).isEmpty();
        Ranking part = ranker.apply(5, early(0, T + 7000)).get(0);

        assertThat(whole.isFinal()).isFalse();
        assertThat(whole.partitions()).isEqualTo("5/6");
        assertThat(whole.trends()).extracting(Trend::tag).containsExactly("b", "a");
        assertThat(whole.trends().get(1).id()).isEqualTo(last.trends().get(0).id());
        assertThat(whole.trends().get(1).life()).isEqualTo(last.trends().get(0).life());
        assertThat(part.at().toEpochMilli()).isEqualTo(T + 6000);
        assertThat(part.partitions()).isEqualTo("1/2");
        ranker.apply(6, record(0, 2, T, T + 2000));
        List<Ranking> finals = ranker.apply(7, record(1, 2, T, T + 2000, slide("1m", T + 1000, candidate("a", 9, 9))));
        assertThat(finals).extracting(Ranking::isFinal).containsExactly(true, true);
    }

    @Test
    void anEarlyRankingWhoseSlideClosesWithoutATrendIsFollowedByOneOfAllPartitions() {
        ranker.apply(0, record(0, 2, NONE, T));
        ranker.apply(1, record(1, 2, NONE, T));
        ranker.apply(2, early(0, T + 5000));
        assertThat(ranker.apply(3, early(1, T + 5000, candidate("a", 12, 9)))).hasSize(1);
        ranker.apply(4, record(0, 2, T, T + 5000));
        assertThat(ranker.apply(5, record(1, 2, T, T + 5000))).singleElement().satisfies(settled -> {
            assertThat(settled.isFinal()).isFalse();
            assertThat(settled.at().toEpochMilli()).isEqualTo(T + 5000);
            assertThat(settled.partitions()).isEqualTo("2/2");
            assertThat(settled.trends()).isEmpty();
        });
        ranker.apply(6, record(0, 2, T + 5000, T + 9000));
        assertThat(ranker.apply(7, record(1, 2, T + 5000, T + 9000))).isEmpty();
    }

    private static TrendCandidates early(int partition, long at, Candidate... candidates) {
        return new TrendCandidates(
                partition, 2, new TrendCandidates.Early(5, 6), T, T, List.of(), List.of(slide("1m", at, candidates)));
    }

    @Test
    void aLifeKeepsItsIdAndANewLifeGetsAnother() {
        String first = only(0, record(0, 1, NONE, T, slide("1m", T, candidate("a", 9, 9))))
                .id();
        String same = only(1, record(0, 1, T, T + 1000, slide("1m", T + 1000, candidate("a", 11, 9))))
                .id();
        ranker.apply(2, record(0, 1, T + 1000, T + 2000));
        String again = only(3, record(0, 1, T + 2000, T + 3000, slide("1m", T + 3000, candidate("a", 9, 9))))
                .id();

        assertThat(same).isEqualTo(first);
        assertThat(again).isNotEqualTo(first);
    }

    @Test
    void aLifeOutlivesTheTagThatLedItsStory() {
        Trend first = only(
                0, record(0, 1, NONE, T, slide("1m", T, candidate("eclipse", 9, 9), candidate("eclipse2026", 8, 8))));
        Trend later = only(1, record(0, 1, T, T + 1000, slide("1m", T + 1000, candidate("eclipse2026", 8, 8))));

        assertThat(first.tags()).containsExactly("eclipse", "eclipse2026");
        assertThat(later.tag()).isEqualTo("eclipse2026");
        assertThat(later.id()).isEqualTo(first.id());
    }

    private Trend only(long offset, TrendCandidates record) {
        return ranker.apply(offset, record).get(0).trends().get(0);
    }

    @Property(tries = 40)
    void finalsCountAllPostsAndAllUsesOfEverySlide(@ForAll long seed) {
        PostsWorld world = new PostsWorld(seed, 2, 100, 3);
        List<Ranking> finals = new ArrayList<>();
        Ranker plain = new Ranker(PLAIN);
        List<TrendCandidates> records = candidates(world, new CountConfig(WINDOWS, 1, 0, 10_000, 1000), seed);
        for (int offset = 0; offset < records.size(); offset++) {
            finals.addAll(plain.apply(offset, records.get(offset)));
        }

        TreeMap<String, Ranking> bySlide = new TreeMap<>();
        finals.forEach(
                ranking -> assertThat(bySlide.put(ranking.key() + ranking.at().toEpochMilli(), ranking))
                        .isNull());
        for (Window window : WINDOWS.all()) {
            for (long end = window.endAfter(PostsWorld.START); end <= world.watermark(); end += window.slide()) {
                Ranking ranking = bySlide.get(window.name() + "|all" + end);
                TreeMap<String, long[]> expected = world.recount(window.size(), end, -1);
                if (ranking == null) {
                    assertThat(expected).isEmpty();
                    continue;
                }
                assertThat(ranking.posts()).as(window + " at " + end).isEqualTo(world.posts(window.size(), end));
                assertThat(ranking.trends()).hasSize(expected.size());
                for (Trend trend : ranking.trends()) {
                    assertThat(new long[] {trend.count(), trend.authors()}).isEqualTo(expected.get(trend.tag()));
                }
            }
        }
    }

    @Property(tries = 30)
    void aSuccessorGoesOnAsIfNothingHadHappened(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        PostsWorld world = new PostsWorld(seed, 2, 120, 3);
        Windows windows = Windows.parse("5s/1s,1m/10s,2m/1m");
        RankConfig config = new RankConfig(windows, 5, 0.5, 1, true);
        List<TrendCandidates> records = candidates(world, new CountConfig(windows, 1, 0.2, 100, 1000), seed);
        Ranker calm = new Ranker(config);
        List<Ranking> expected = new ArrayList<>();
        for (int offset = 0; offset < records.size(); offset++) {
            expected.addAll(calm.apply(offset, records.get(offset)));
        }

        List<Ranking> published = new ArrayList<>();
        Ranker ranker = new Ranker(config);
        String committed = ranker.position().encode();
        for (int offset = 0; offset < records.size(); offset++) {
            published.addAll(ranker.apply(offset, records.get(offset)));
            if (random.nextInt(4) == 0) {
                committed = ranker.position().encode();
            }
            if (random.nextInt(40) == 0) {
                Position position = Position.decode(committed);
                List<Ranking> read = new ArrayList<>();
                for (Ranking ranking : published) {
                    if (ranking.at().toEpochMilli() >= position.finalsFrom()) {
                        read.add(RankingCodec.decode(RankingCodec.encode(ranking)));
                    }
                }
                ranker = new Ranker(config);
                ranker.resume(position, read);
                offset = (int) position.restart() - 1;
            }
        }

        assertThat(published.stream()
                        .map(r -> new String(RankingCodec.encode(r)))
                        .toList())
                .isEqualTo(expected.stream()
                        .map(r -> new String(RankingCodec.encode(r)))
                        .toList());
    }

    @Test
    void whatIsPublishedKeepsToTheSchema() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Ranking.class.getResourceAsStream("trends.schema.json"));
        PostsWorld world = new PostsWorld(4, 2, 150, 3);
        CountConfig count = new CountConfig(WINDOWS, 1, 0, 100, 1000).bounded(4, Integer.MAX_VALUE);
        Ranker judging = new Ranker(new RankConfig(WINDOWS, 50, 0, 1, true));
        List<Ranking> finals = new ArrayList<>();
        candidates(world, count, 4).forEach(record -> finals.addAll(judging.apply(finals.size(), record)));

        assertThat(finals).anyMatch(ranking -> !ranking.keptOut().isEmpty());
        assertThat(finals).anyMatch(ranking -> ranking.trends().size() > 2);
        assertThat(finals.stream().flatMap(ranking -> ranking.trends().stream()))
                .anyMatch(trend -> trend.authorsError() != null)
                .anyMatch(trend -> trend.authorsError() == null);
        for (Ranking ranking : finals) {
            String json = new String(RankingCodec.encode(ranking), StandardCharsets.UTF_8);
            assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
        }
        assertThat(finals.stream().flatMap(ranking -> ranking.trends().stream()))
                .allSatisfy(trend -> {
                    assertThat(trend.band().low()).isLessThanOrEqualTo((long) Math.ceil(trend.expected()));
                    assertThat(trend.sparkBand().high())
                            .isBetween(1L, Math.max(1, trend.band().high()));
                    assertThat(trend.sources().stream()
                                    .mapToDouble(Ranking.Share::share)
                                    .sum())
                            .as("all sources of a world with two")
                            .isCloseTo(1, within(1e-3));
                });
        String broken = new String(RankingCodec.encode(finals.get(0)), StandardCharsets.UTF_8)
                .replace("\"final\":true", "\"final\":1");
        assertThat(schema.validate(broken, InputFormat.JSON)).hasSize(1);
    }

    /** What counting three target partitions gives, in some order that keeps each partition's own, some again. */
    private static List<TrendCandidates> candidates(PostsWorld world, CountConfig config, long seed) {
        Random random = new Random(seed);
        List<List<TrendCandidates>> byTarget = new ArrayList<>();
        for (int target = 0; target < 3; target++) {
            PartitionCount count = new PartitionCount(config, target, 3);
            List<TrendCandidates> records = new ArrayList<>();
            for (HashtagUses batch : world.batches(target, random, 15)) {
                count.apply(batch);
                records.addAll(count.flush());
            }
            byTarget.add(records);
        }
        List<TrendCandidates> log = new ArrayList<>();
        int[] next = new int[3];
        while (log.size() < 10_000) {
            int target = random.nextInt(3);
            if (next[target] < byTarget.get(target).size()) {
                log.add(byTarget.get(target).get(next[target]++));
                if (random.nextInt(8) == 0) {
                    log.add(byTarget.get(target).get(random.nextInt(next[target])));
                }
            } else if (next[0] == byTarget.get(0).size()
                    && next[1] == byTarget.get(1).size()
                    && next[2] == byTarget.get(2).size()) {
                break;
            }
        }
        return log;
    }
}
