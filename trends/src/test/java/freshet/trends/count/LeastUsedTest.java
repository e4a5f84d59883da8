package freshet.trends.count;

import static org.assertj.core.api.Assertions.assertThat;

import freshet.trends.contract.HashtagUses;
import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import freshet.trends.contract.TrendCandidates.Candidate;
import freshet.trends.time.Windows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A flood of tags: more than there is room for. */
class LeastUsedTest {

    private static final int USES_MAX = 2_000;
    private static final long T = PostsWorld.START - PostsWorld.START % 60_000;

    private final CountConfig config = new CountConfig(Windows.parse("10s/1s,1m/10s"), 3, 0, 1_000, 1_000)
            .bounded(CountConfig.DEFAULT.exactUsesMax(), USES_MAX);
    private final PartitionCount count = new PartitionCount(config, 0, 1);
    private final List<Candidate> seen = new ArrayList<>();
    private long offset;

    @Test
    void aFloodOfTagsWashesItselfAwayAndWhatManyUseIsCountedOn() {
        for (int second = 0; second < 120; second++) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                // 399 tags that nobody else uses, twice each by the one who does, and one of which everyone speaks.
                String tag = i == 0 ? "real" : "flood" + second + "-" + i / 2;
                rows.add(row(T + second * 1_000 + i, i == 0 ? offset : i / 2, tag));
            }
            count.apply(new HashtagUses(
                    PostsWorld.TOPIC, 0, 1, 0, offset - rows.size(), offset, T + second * 1_000 + 1_000, rows));
            count.flush().forEach(record -> record.slides().forEach(slide -> seen.addAll(slide.candidates())));
            assertThat(count.usesHeld()).isLessThanOrEqualTo(USES_MAX);
        }

        assertThat(count.tagsHeld()).isLessThanOrEqualTo(USES_MAX);
        assertThat(seen).allSatisfy(candidate -> assertThat(candidate.tag()).isEqualTo("real"));
        Candidate last = seen.get(seen.size() - 1);
        assertThat(last.authors()).as("in a minute").isEqualTo(60);
        assertThat(last.count()).isEqualTo(60);
        assertThat(count.forgottenUses()).isGreaterThan(40_000);
    }

    @Test
    void nothingIsForgottenAsLongAsThereIsRoom() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < USES_MAX; i++) {
            rows.add(row(T + i, i, "tag" + i));
        }
        count.apply(new HashtagUses(PostsWorld.TOPIC, 0, 1, 0, 0, offset, T + 10_000, rows));

        assertThat(count.forgottenUses()).isZero();
        assertThat(count.usesHeld()).isEqualTo(USES_MAX);
    }

    private Row row(long time, long author, String tag) {
        long at = offset++;
        return new Row(
                at,
                1,
                HashtagUses.NO_WATERMARK,
                at,
                time,
                false,
                true,
                "test",
                "en",
                "",
                author,
                at,
                0,
                "post-" + at,
                List.of(new Use(tag, tag)),
                List.of(tag));
    }
}
