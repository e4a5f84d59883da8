package freshet.trends.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import freshet.trends.contract.HashtagUses.Row;
import freshet.trends.contract.HashtagUses.Use;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class HashtagUsesCodecTest {

    private static final Uuid TOPIC = new Uuid(7, 11);

    private static HashtagUses batch(List<Row> rows) {
        return new HashtagUses(TOPIC, 3, 6, 1_000, 200_000, 1_448_000_000_000L, rows);
    }

    private static Row row(long at, int sign, long time, boolean late, boolean total, List<String> tags) {
        List<Use> uses = tags.stream().map(t -> new Use(t, t.toUpperCase())).toList();
        return new Row(
                at,
                sign,
                sign < 0 ? time + 5 : HashtagUses.NO_WATERMARK,
                sign < 0 ? at - 900 : at,
                time,
                late,
                total,
                "twitter",
                late ? "" : "pt",
                total ? "6gyf" : "",
                Hash64.author("twitter", "a" + time),
                late ? 0 : time,
                sign < 0 ? 99 : 0,
                "id" + at,
                uses,
                tags);
    }

    @Provide
    Arbitrary<Row> rows() {
        return Combinators.combine(
                        Arbitraries.of(1, -1),
                        Arbitraries.longs().between(-5_000_000_000L, 4_000_000_000_000L),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of("a", "ñandú", "東京", "🎉", "").list().ofMaxSize(4))
                .as((sign, time, late, total, tags) -> row(0, sign, time, late, total, tags));
    }

    @Property
    void readsWhatItWrote(
            @ForAll("rows") Row first, @ForAll @Size(max = 20) List<@net.jqwik.api.From("rows") Row> more) {
        long[] at = {2_000};
        List<Row> ordered = more.stream()
                .map(r -> row(at[0] += 7, r.sign(), r.time(), r.late(), r.total(), r.tags()))
                .toList();
        HashtagUses batch = batch(ordered);
        assertThat(HashtagUsesCodec.decode(HashtagUsesCodec.encode(batch))).isEqualTo(batch);
    }

    @Property
    void bytesCutShortAreRefusedInOneLine(@ForAll("rows") Row row) {
        byte[] whole = HashtagUsesCodec.encode(
                batch(List.of(row(2_000, row.sign(), row.time(), row.late(), row.total(), row.tags()))));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> HashtagUsesCodec.decode(cut))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cut short");
        }
    }

    @Test
    void anotherVersionIsRefused() {
        byte[] bytes = HashtagUsesCodec.encode(batch(List.of()));
        bytes[0] = 9;
        assertThatThrownBy(() -> HashtagUsesCodec.decode(bytes)).hasMessageContaining("version 9");
    }

    @Test
    void tagsKeepTheirPartition() {
        assertThat(Hash64.partition("eclipse", 6)).isEqualTo(Hash64.partition("eclipse", 6));
        assertThat(Hash64.of("eclipse")).isEqualTo(Hash64.of("eclipse")).isNotEqualTo(Hash64.of("eclipsf"));
    }
}
