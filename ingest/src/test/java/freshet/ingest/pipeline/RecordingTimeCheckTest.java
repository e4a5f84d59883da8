package freshet.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTimeCheckTest {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long YEAR = 365 * 24 * HOUR;

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();
    private int ids;

    private void post(long afterMillis) {
        ids++;
        lines.add(Play.post(ids, afterMillis, "author" + ids % 40, "x"));
    }

    private void posts(int count, long fromMillis, long everyMillis) {
        for (int i = 0; i < count; i++) {
            post(fromMillis + i * everyMillis);
        }
    }

    private List<String> rejected() throws Exception {
        MemoryLog log = new MemoryLog(2);
        Play.into(log, Play.file(folder, lines));
        return Play.rejectedPositions(log).stream()
                .map(p -> p.substring(p.indexOf(':') + 1))
                .toList();
    }

    @Test
    void onePostFromTheFutureIsRejected() throws Exception {
        posts(200, 0, 1000);
        post(84 * YEAR);
        posts(200, 200_000, 1000);

        assertThat(rejected()).containsExactly("201");
    }

    @Test
    void aGapOfHoursIsReal() throws Exception {
        posts(150, 0, 1000);
        posts(150, 8 * HOUR, 1000);

        assertThat(rejected()).isEmpty();
    }

    @Test
    void aWrongClockInTheMidstOfAGapIsStillRejected() throws Exception {
        posts(150, 0, 1000);
        post(8 * HOUR);
        post(50 * YEAR);
        posts(150, 8 * HOUR + 1000, 1000);

        assertThat(rejected()).containsExactly("152");
    }

    @Test
    void aSparseRecordingIsBelievedWhole() throws Exception {
        posts(300, 0, 25 * MINUTE);

        assertThat(rejected()).isEmpty();
    }

    @Test
    void aBurstOfOneBadClockIsOneBadClock() throws Exception {
        posts(150, 0, 1000);
        for (int i = 0; i < 30; i++) {
            lines.add(Play.post("bad" + i, Play.T0 + 84 * YEAR + i, "broken", "x"));
        }
        posts(150, 150_000, 1000);

        assertThat(rejected()).hasSize(30);
    }

    @Test
    void severalBadClocksInARowAreRejected() throws Exception {
        posts(150, 0, 1000);
        posts(4, 84 * YEAR, 1000);
        posts(150, 150_000, 1000);

        assertThat(rejected()).containsExactly("151", "152", "153", "154");
    }

    @Test
    void aLastLineFromTheFutureIsRejected() throws Exception {
        posts(150, 0, 1000);
        post(84 * YEAR);

        assertThat(rejected()).containsExactly("151");
    }

    @Test
    void aFewPostsAfterTheLastNightAreBelieved() throws Exception {
        posts(150, 0, 1000);
        posts(3, 9 * HOUR, 1000);

        assertThat(rejected()).isEmpty();
    }

    @Test
    void aWrongFirstPostDoesNotSetTheClock() throws Exception {
        post(84 * YEAR);
        posts(100, 0, 1000);
        assertThat(rejected()).containsExactly("1");
    }

    @Test
    void aFirstPostOf1970DoesNotSetTheClock() throws Exception {
        lines.add(Play.post("old", 0, "someone", "x"));
        posts(100, 0, 1000);
        assertThat(rejected()).containsExactly("1");
    }

    @Test
    void anOldPostLaterOnIsMerelyLate() throws Exception {
        posts(150, 0, 1000);
        lines.add(Play.post("old", 0, "someone", "x"));
        posts(150, 150_000, 1000);
        assertThat(rejected()).isEmpty();
    }

    @Test
    void theOnlyPostOfARecordingIsBelieved() throws Exception {
        post(0);
        assertThat(rejected()).isEmpty();
    }

    @Test
    void aTimeLineFromTheFutureIsRejectedToo() throws Exception {
        posts(150, 0, 1000);
        lines.add("{\"time\":\"2099-01-01T00:00:00Z\"}");
        posts(150, 150_000, 1000);
        assertThat(rejected()).containsExactly("151");
    }
}
