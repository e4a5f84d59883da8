package freshet.ingest.mock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimeShiftTest {

    private static final long FIRST = 1_562_135_340_000L; // 2019-07-03 06:29:00
    private static final long NOW = 1_790_000_000_000L;

    @Test
    void movesDatesAndIdsOfAllStatusesInAMessageButNotOfUsers() throws Exception {
        JsonNode moved = move("""
                {"created_at":"Wed Jul 03 06:30:00 +0000 2019","id":1146304818337722368,"id_str":"1146304818337722368",
                 "in_reply_to_status_id":null,"user":{"id":99,"created_at":"Sat May 04 20:47:45 +0000 2019"},
                 "retweeted_status":{"created_at":"Wed Jul 03 06:28:00 +0000 2019","id":1146269308156350464,
                   "user":{"id":98}},
                 "timestamp_ms":"1562135400500"}""", 60);
        assertThat(moved.path("timestamp_ms").asLong()).isEqualTo(NOW + 1008);
        assertThat(moved.path("created_at").asText()).isEqualTo(Statuses.date(NOW + 1000));
        assertThat(moved.path("retweeted_status").path("created_at").asText()).isEqualTo(Statuses.date(NOW - 60_000));
        assertThat(moved.path("id").asText()).isEqualTo(moved.path("id_str").asText());
        assertThat(moved.path("id").asLong())
                .isGreaterThan(moved.path("retweeted_status").path("id").asLong());
        assertThat(moved.path("user").path("created_at").asText()).isEqualTo("Sat May 04 20:47:45 +0000 2019");
        assertThat(moved.path("user").path("id").asLong()).isEqualTo(99);
    }

    @Test
    void deleteNoticeStillNamesItsStatus() throws Exception {
        String id = "1146304818337722368";
        JsonNode status = move("{\"id\":" + id + ",\"id_str\":\"" + id + "\"}", 10);
        JsonNode delete = move(
                "{\"delete\":{\"status\":{\"id\":" + id + ",\"id_str\":\"" + id
                        + "\",\"user_id\":5},\"timestamp_ms\":\"1562135340000\"}}",
                10);
        assertThat(delete.path("delete").path("status").path("id_str").asText())
                .isEqualTo(status.path("id_str").asText());
        assertThat(delete.path("delete").path("status").path("user_id").asLong())
                .isEqualTo(5);
        assertThat(delete.path("delete").path("timestamp_ms").asLong()).isEqualTo(NOW);
    }

    @Property
    void keepsTheOrderOfTimesAndTellsIdsApart(
            @ForAll @LongRange(min = 0, max = 1L << 40) long a,
            @ForAll @LongRange(min = 0, max = 1L << 40) long b,
            @ForAll @DoubleRange(min = 0.1, max = 1000) double speed) {
        TimeShift shift = new TimeShift(FIRST, NOW, speed, 0);
        if (a <= b) {
            assertThat(shift.move(a + 1_300_000_000_000L)).isLessThanOrEqualTo(shift.move(b + 1_300_000_000_000L));
        }
        assertThat(shift.id(shift.id(a))).isNotNegative();
    }

    /** Of one worker, a status each millisecond: 60 of them fall into one when played at 60x. */
    @Test
    void idsStayDifferentWhenTimeIsPressed() {
        TimeShift shift = new TimeShift(FIRST, NOW, 60, 0);
        long first = (FIRST - 1_288_834_974_657L) << 22 | 8192;
        long[] moved = LongStream.range(0, 100_000)
                .map(i -> shift.id(first + (i << 22)))
                .toArray();
        assertThat(Arrays.stream(moved).distinct().count()).isEqualTo(moved.length);
    }

    @Test
    void idsAreNeverThoseOfAnotherRoundAndNeverBelowZero() {
        long[] ids = {1, 29_700_000_000L, 1146304818337722368L, Long.MAX_VALUE, Statuses.number("at://did/app.post/3k")
        };
        var moved = LongStream.range(0, 50)
                .mapToObj(round -> new TimeShift(FIRST, NOW + round * 600_000, 60, round))
                .flatMapToLong(shift -> Arrays.stream(ids).map(shift::id))
                .boxed()
                .toList();
        assertThat(moved).doesNotHaveDuplicates().allMatch(id -> id >= 0);
    }

    @Test
    void whatIsNoJsonStaysAsItIs() throws Exception {
        Message garbage = new Message("{\"half".getBytes(StandardCharsets.UTF_8), -1);
        assertThat(new TimeShift(FIRST, NOW, 1, 0).move(garbage)).isSameAs(garbage);
    }

    private static JsonNode move(String json, double speed) throws Exception {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new TimeShift(FIRST, NOW, speed, 0).move(new Message(bytes, -1)).tree();
    }
}
